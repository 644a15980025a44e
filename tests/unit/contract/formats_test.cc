#include "contract/formats.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "unit/parsed.h"

namespace mockduit {
namespace {

TEST(Formats, LetGoodTextsPass) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"uuid", "550e8400-e29b-41d4-a716-446655440000"},
      {"any-uuid", "550E8400E29B41D4A716446655440000"},
      {"any-uuid", "{550e8400-e29b-41d4-a716-446655440000}"},
      {"any-uuid", "urn:uuid:550e8400-e29b-41d4-a716-446655440000"},
      {"uri", "https://a.b/c"},
      {"email", "a@b.c"},
      {"date-time", "2026-01-15T10:00:00Z"},
      {"date-time", "2026-01-15t10:00:00.123+05:30"},
      {"date-time", "2016-12-31T23:59:60z"},
      {"date-time-local", "2026-01-15T10:00:00"},
      {"time", "01:29:60+01:30"},
      {"date", "2024-02-29"},
      {"duration", "P1Y2DT3H"},
      {"byte", "YWI="},
      {"base64url", "YW_-"},
      {"char", "é"},
      {"email", "\"a b\"@[IPv6:::1]"},
      {"uri-reference", "../a?b#c"},
      {"no-such-format", "anything"},
  };
  for (const auto& [format, text] : kTexts) {
    EXPECT_EQ(WhyNotOfFormat(format, text), std::nullopt) << text;
  }
}

// In the words of the crate that checks UUIDs for pydantic.
TEST(Formats, SayWhyATextIsNone) {
  const struct {
    std::string_view format, text, why;
  } kTexts[] = {
      {"any-uuid", "550e8400", "invalid length: expected length 32 for simple format, found 8"},
      {"any-uuid", "", "invalid length: expected length 32 for simple format, found 0"},
      {"any-uuid", "550e8400-e29b-41d4-a716", "invalid group count: expected 5, found 4"},
      {"any-uuid", "550e840-e29b-41d4-a716-446655440000",
       "invalid group length in group 0: expected 8, found 7"},
      {"any-uuid", "not-a-uuid",
       "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], "
       "found `n` at 1"},
      {"any-uuid", "55é",
       "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], "
       "found `é` at 3"},
      {"uri", "no-scheme", "it has no scheme"},
      {"uri", "http://a b", "it holds a space or a control character"},
      {"email", "nobody", "it must have an @-sign between two parts"},
      {"email", "@b", "it must have an @-sign between two parts"},
      {"uri", "http://a/<b>", "it holds a character that must be written as %XX"},
      {"uri", "http://a:b:c/", "its host is none"},
      {"email", "a@-b", "what stands behind the @-sign is no host"},
      {"email", "a..b@c", "what stands before the @-sign is no name of a mailbox"},
      {"uuid", "550E8400E29B41D4A716446655440000",
       "it is not 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 with hyphens between"},
      {"date-time", "noon", "it is no date and time"},
      {"date-time", "2026-01-15T10:00:00", "it has no offset from UTC, such as Z or +02:00"},
      {"date-time", "2026-01-15T10:00:00+0530",
       "its offset from UTC is not written as Z or +02:00"},
      {"date-time", "2016-12-31T22:59:60Z", "there is no leap second at that time"},
      {"date-time", "2026-02-30T10:00:00Z", "it is no date and time"},
      {"date-time", "2026-01-15", "it is no date and time"},
      {"date-time-local", "2026-01-15T10:00:00Z", "it is no date and time without an offset"},
      {"date", "2023-02-29", "it is no date"},
      {"time", "10:00:00", "it has no offset from UTC, such as Z or +02:00"},
      {"duration", "PT", "it is no duration, such as P3DT12H"},
      {"byte", "YWI", "it is not written in base64"},
      {"regex", "a)", "'a)' is no regular expression: a '(' is missing"},
  };
  for (const auto& c : kTexts) EXPECT_EQ(WhyNotOfFormat(c.format, c.text), c.why) << c.text;
}

TEST(Formats, HoldNumbersWithinTheirBits) {
  const struct {
    std::string_view format, number;
    bool is_good;
  } kCases[] = {{"int32", "2147483647", true},
                {"int32", "2147483648", false},
                {"int32", "-2147483648", true},
                {"int32", "1.5", false},
                {"int32", "1.0", true},
                {"int64", "9223372036854775807", true},
                {"int64", "9223372036854775808", false},
                {"uint64", "18446744073709551615", true},
                {"uint64", "18446744073709551616", false},
                {"uint8", "-1", false}};
  for (const auto& c : kCases) {
    const auto why = FindNumberFormat(c.format)->why_not(Parsed(c.number));
    EXPECT_EQ(!why, c.is_good) << c.format << " " << c.number;
  }
  EXPECT_EQ(FindNumberFormat("int32")->why_not(5e9),
            "it is no whole number from -2147483648 to 2147483647, which has 32 bits");
}

}  // namespace
}  // namespace mockduit
