#include "base/unicode.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace mockduit {
namespace {

using namespace std::string_literals;

TEST(Case, IsThatOfUnicode) {
  EXPECT_EQ(Capitals("zoë straße Ωμέγα жук"), "ZOË STRAßE ΩΜΈΓΑ ЖУК");
  EXPECT_EQ(SmallLetters("ZOË ÀÉÎ ΩΜΈΓΑ ЖУК"), "zoë àéî ωμέγα жук");
  EXPECT_EQ(Capitals("abc-1"), "ABC-1");
  EXPECT_EQ(Capitals("日本 😀"), "日本 😀");
  EXPECT_EQ(Capitals("a\xFFë"), "A\xFFË") << "what is no UTF-8 stays";
  EXPECT_EQ(SmallLetters(""), "");
}

TEST(JsonAsUtf8, ReadsTheEncodingOffTheFirstBytes) {
  EXPECT_EQ(JsonAsUtf8("{\"é\":1}"), "{\"é\":1}");
  EXPECT_EQ(JsonAsUtf8("\xEF\xBB\xBF{}"), "{}");
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE{\0}\0"s), "{}");
  EXPECT_EQ(JsonAsUtf8("\xFE\xFF\0{\0}"s), "{}");
  EXPECT_EQ(JsonAsUtf8("\0{\0}"s), "{}");
  EXPECT_EQ(JsonAsUtf8("{\0}\0"s), "{}");
  EXPECT_EQ(JsonAsUtf8("1\0"s), "1");
  EXPECT_EQ(JsonAsUtf8("\0\0\0{\0\0\0}"s), "{}");
  EXPECT_EQ(JsonAsUtf8("{\0\0\0}\0\0\0"s), "{}");
  EXPECT_EQ(JsonAsUtf8("\0\0\xFE\xFF\0\0\0{\0\x01\xF6\0"s), "{😀");
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE\"\0=\xD8\0\xDE\xE9\0\xAC \"\0"s), "\"😀é€\"");
  EXPECT_EQ(JsonAsUtf8(""), "");
}

TEST(JsonAsUtf8, TakesNoBytesThatAreNoText) {
  EXPECT_EQ(JsonAsUtf8("{\xFF}"), std::nullopt);
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE{\0}"s), std::nullopt) << "half a unit";
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE=\xD8}\0"s), std::nullopt) << "half a pair";
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE=\xD8"s), std::nullopt) << "half a pair at the end";
  EXPECT_EQ(JsonAsUtf8("\xFF\xFE\0\0\0\0\x11\0"s), std::nullopt) << "beyond Unicode";
  EXPECT_EQ(JsonAsUtf8("\x1F\x8B\x08\0\0\0"s), std::nullopt) << "gzip";
}

}  // namespace
}  // namespace mockduit
