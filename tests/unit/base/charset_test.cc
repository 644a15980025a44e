#include "base/charset.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

using namespace std::string_view_literals;

TEST(Charset, OfJsonIsToldByItsFirstBytes) {
  const struct {
    std::string_view bytes;
    std::string_view text;
  } kCases[] = {
      {"{\0}\0"sv, "{}"},
      {"\0{\0}"sv, "{}"},
      {"\xFF\xFE{\0}\0"sv, "{}"},
      {"\xFE\xFF\0{\0}"sv, "{}"},
      {"{\0\0\0}\0\0\0"sv, "{}"},
      {"\0\0\0{\0\0\0}"sv, "{}"},
      {"\xFF\xFE\0\0{\0\0\0}\0\0\0"sv, "{}"},
      {"\0\0\xFE\xFF\0\0\0{\0\0\0}"sv, "{}"},
      {"\xEF\xBB\xBF{}"sv, "{}"},
      {"5\0"sv, "5"},
      {"\"\0\x3D\xD8\x00\xDE\"\0"sv, "\"\xF0\x9F\x98\x80\""},
      {"\"\0\xE9\0\x3C\x26\"\0"sv, "\"\u00E9\u263C\""},
  };
  for (const auto& [bytes, text] : kCases) EXPECT_EQ(RecodedJson(bytes), text) << text;
}

TEST(Charset, IsNoneOfThoseWhereTheRestIsNotOfIt) {
  for (const std::string_view bytes :
       {"{}"sv, ""sv, "\xFF\xFE{\0}"sv, "\xFF\xFE\x00\xD8"sv, "\xFF\xFE\x00\xDC{\0"sv,
        "\xFF\xFE\x00\xD8{\0"sv, "\0\0\xFE\xFF\0\x11\0\0"sv}) {
    EXPECT_EQ(RecodedJson(bytes), std::nullopt);
  }
}

}  // namespace
}  // namespace mockduit
