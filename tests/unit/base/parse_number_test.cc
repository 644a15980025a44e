#include <gtest/gtest.h>

#include <cstdint>

#include "base/text.h"

namespace mockduit {
namespace {

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(ParseNumber<int>("0"), 0);
  EXPECT_EQ(ParseNumber<int>("007"), 7);
  EXPECT_EQ(ParseNumber<int>("-12"), -12);
  for (const char* text : {"", " 1", "1 ", "+1", "1a", "a1", "--1", "1.0", "0x1", "-"}) {
    EXPECT_EQ(ParseNumber<int>(text), std::nullopt) << text;
  }
}

TEST(ParseNumber, TakesNothingThatDoesNotFit) {
  EXPECT_EQ(ParseNumber<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(ParseNumber<std::uint64_t>("18446744073709551616"), std::nullopt);
  EXPECT_EQ(ParseNumber<std::uint64_t>("-1"), std::nullopt);
  EXPECT_EQ(ParseNumber<std::int8_t>("128"), std::nullopt);
}

TEST(ParseNumber, ReadsOtherBases) {
  EXPECT_EQ(ParseNumber<int>("fF", 16), 255);
  EXPECT_EQ(ParseNumber<int>("8", 8), std::nullopt);
}

TEST(ParseNumber, TakesFiniteFractionsAlone) {
  EXPECT_EQ(ParseNumber<double>("0.25"), 0.25);
  EXPECT_EQ(ParseNumber<double>("1e3"), 1000.0);
  for (const char* text : {"inf", "nan", "-inf", "1e999", "", "1,5", "1.5x"}) {
    EXPECT_EQ(ParseNumber<double>(text), std::nullopt) << text;
  }
}

TEST(IsDigits, IsTrueOfDecimalDigitsAlone) {
  EXPECT_TRUE(IsDigits("0123456789"));
  EXPECT_TRUE(IsDigits(""));
  for (const char* text : {"-1", "1a", " ", "/", ":"}) EXPECT_FALSE(IsDigits(text)) << text;
}

}  // namespace
}  // namespace mockduit
