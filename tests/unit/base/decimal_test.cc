#include "base/decimal.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "unit/parsed.h"

namespace mockduit {
namespace {

// Each is less than the one behind it.
constexpr std::array<std::string_view, 14> kRising = {"-1e400",
                                                      "-18446744073709551616",
                                                      "-18446744073709551615",
                                                      "-2.5",
                                                      "-2.25",
                                                      "-1e-400",
                                                      "0",
                                                      "1e-400",
                                                      "0.25",
                                                      "9007199254740993",
                                                      "9007199254740993.5",
                                                      "18446744073709551616",
                                                      "1e30",
                                                      "1.1e400"};

TEST(Decimal, ComparesByItsDigits) {
  for (std::size_t i = 0; i < kRising.size(); ++i) {
    for (std::size_t j = 0; j < kRising.size(); ++j) {
      EXPECT_EQ(Decimal(kRising[i]) <=> Decimal(kRising[j]), i <=> j) << kRising[i] << kRising[j];
      EXPECT_EQ(Json::Compare(Parsed(kRising[i]), Parsed(kRising[j])), i <=> j);
      EXPECT_EQ(Parsed(kRising[i]) == Parsed(kRising[j]), i == j);
    }
  }
}

TEST(Decimal, IsTheSameHoweverItIsWritten) {
  const std::array<std::array<std::string_view, 2>, 5> kSame = {{{"1e400", "10e399"},
                                                                 {"1e400", "0.1E+401"},
                                                                 {"0", "-0.0e5"},
                                                                 {"100000000000000000000", "1e20"},
                                                                 {"-2.50", "-25e-1"}}};
  for (const auto& [one, other] : kSame) {
    EXPECT_EQ(Decimal(one), Decimal(other));
    EXPECT_EQ(Parsed(one), Parsed(other));
    EXPECT_EQ(Parsed(one).Hash(), Parsed(other).Hash());
  }
}

TEST(Decimal, KnowsItsFactors) {
  const struct {
    std::string_view number, of;
    bool is;
  } kCases[] = {{"0.3", "0.1", true},
                {"0.35", "0.1", false},
                {"1e308", "0.5", true},
                {"1e308", "0.123456789", false},
                {"9223372036854775807", "2", false},
                {"18446744073709551616", "1024", true},
                {"-7.5", "2.5", true},
                {"0", "7", true},
                {"1e99999999999999999999", "3", false},
                {"3e99999999999999999999", "3", true},
                {"246913578024691357802469135780e3", "123456789012345678901234567890", false},
                {"123456789012345678901234567890e3", "123456789012345678901234567890", true}};
  for (const auto& c : kCases) {
    EXPECT_EQ(Decimal(c.number).IsMultipleOf(Decimal(c.of)), c.is) << c.number << " " << c.of;
  }
}

}  // namespace
}  // namespace mockduit
