// Texts and numbers of bodies that are composed: formats, patterns, bounds, and what stands in
// texts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

using ::testing::IsEmpty;

TEST(Compose, HasAValueOfEachFormat) {
  for (const char* format :
       {"uuid", "date-time", "date", "time", "duration", "email", "idn-email", "uri", "iri",
        "uri-reference", "iri-reference", "uri-template", "hostname", "idn-hostname", "ipv4",
        "ipv6", "json-pointer", "relative-json-pointer", "regex"}) {
    const Json value = Good("{type: string, format: " + std::string(format) + "}");
    EXPECT_NE(value.AsString(), "example") << format;
    EXPECT_NE(value.AsString(), "") << format;
  }
}

TEST(Compose, FillsNothingThatAnExampleOrAPatternSays) {
  EXPECT_THAT(Made("{type: string, format: date, example: '2020-01-01'}").fill, IsEmpty());
  const Composed composed = Made("{type: string, format: date-time, pattern: '^2020'}");
  EXPECT_THAT(composed.fill, IsEmpty());
}

TEST(Compose, HoldsContentInATextAsItSays) {
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64}"), R"("ZXhhbXBsZQ==")");
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64url}"), R"("ZXhhbXBsZQ")");
  EXPECT_EQ(Shown("{type: string, contentEncoding: base16}"), R"("6578616D706C65")");
  EXPECT_EQ(Good("{type: string, contentMediaType: application/json, contentSchema: {type: object, "
                 "properties: {a: {type: integer}}}}")
                .AsString(),
            R"({"a":1})");
  EXPECT_EQ(Shown("{type: string, contentMediaType: application/json, contentEncoding: base64}"),
            R"("e30=")");
  EXPECT_THAT(Made("{type: string, contentMediaType: application/json, contentSchema: {type: "
                   "string, format: uuid}}")
                  .fill,
              IsEmpty());
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64, maxLength: 3}"), R"("exa")");
  EXPECT_EQ(Shown("{type: string, contentMediaType: image/png}"), R"("example")");
}

TEST(Compose, FindsFormatsInNames) {
  EXPECT_EQ(Good("{type: string}", "{}", "created_at").AsString(), "2026-01-15T10:00:00Z");
  EXPECT_EQ(Good("{type: string}", "{}", "updatedAt").AsString(), "2026-01-15T10:00:00Z");
  EXPECT_EQ(Good("{type: string}", "{}", "email").AsString(), "ada@example.com");
  EXPECT_EQ(Good("{type: string}", "{}", "homepage_url").AsString(), "https://example.com/");
  EXPECT_EQ(Good("{type: string}", "{}", "displayName").AsString(), "example display name");
  EXPECT_EQ(Good("{type: string}", "{}", "format").AsString(), "example format");
  EXPECT_EQ(Good("{type: string, maxLength: 5}", "{}", "created_at").AsString(), "examp");
}

TEST(Compose, KeepsTheBoundsOfTexts) {
  EXPECT_GE(Good("{type: string, minLength: 30}").AsString().size(), 30u);
  EXPECT_EQ(Good("{type: string, minLength: 8, maxLength: 8}").AsString().size(), 8u);
  EXPECT_EQ(Good("{type: string, maxLength: 8}", "{}", "name").AsString(), "example");
  EXPECT_EQ(Good("{type: string, maxLength: 3}").AsString(), "exa");
  EXPECT_EQ(Good("{type: string, maxLength: 0}").AsString(), "");
  EXPECT_EQ(Good("{type: string, pattern: '^[A-Z]{2}$'}").AsString(), "AA");
  EXPECT_EQ(Good("{type: string, pattern: '^[a-z]+$', minLength: 5}").AsString(), "aaaaa");
  const auto email = [](const std::string& rules) {
    return std::string(
        Good(R"({type: string, format: email, pattern: '^\S+@\S+$')" + rules + "}").AsString());
  };
  EXPECT_EQ(email(""), "ada@example.com") << "what the format has is of the pattern";
  EXPECT_EQ(email(", maxLength: 20"), "ada@example.com");
  EXPECT_EQ(email(", maxLength: 10").find("example.com"), std::string_view::npos);
  EXPECT_EQ(Good("{type: string, format: date, pattern: '^[0-9-]{10}$'}").AsString(), "2026-01-15");
  EXPECT_EQ(Good("{type: string, format: uri, pattern: '^https://'}").AsString(),
            "https://example.com/");
}

TEST(Compose, KeepsTheBoundsOfNumbers) {
  EXPECT_EQ(Shown("{type: integer, minimum: 10}"), "10");
  EXPECT_EQ(Shown("{type: integer, maximum: -3}"), "-3");
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: 1}"), "2");
  EXPECT_EQ(Shown("{type: integer, exclusiveMaximum: 1}"), "0");
  EXPECT_EQ(ShownOld("{type: integer, minimum: 5, exclusiveMinimum: true}"), "6");
  EXPECT_EQ(ShownOld("{type: integer, maximum: 0, exclusiveMaximum: true}"), "-1");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 7}"), "7");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 7, minimum: 8, maximum: 14}"), "14");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 5, maximum: -1}"), "-5");
  EXPECT_EQ(Shown("{type: number, minimum: 0.25, maximum: 0.75}"), "0.75");
  EXPECT_EQ(Shown("{type: number, exclusiveMinimum: 1}"), "1.5");
  Good("{type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.1}");
  Good("{type: integer, minimum: 1e300}");
}

TEST(Compose, KeepsNumbersThatNoDoubleHolds) {
  const std::string digits(400, '9');
  EXPECT_EQ(Shown("{type: integer, minimum: 9007199254740993}"), "9007199254740993");
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: 9007199254740993}"), "9007199254740994");
  EXPECT_EQ(Shown("{type: integer, maximum: -9007199254740993}"), "-9007199254740993");
  EXPECT_EQ(ShownOld("{type: integer, minimum: 9007199254740993, exclusiveMinimum: true}"),
            "9007199254740994");
  EXPECT_EQ(Shown("{type: integer, minimum: " + digits + "}"), digits);
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: " + digits + "}"), digits + "0");
  EXPECT_EQ(Shown("{type: integer, maximum: " + digits + "}"), "1");
  EXPECT_EQ(Shown("{type: number, default: 123456789012345678901234567890}"),
            "123456789012345678901234567890");
}

TEST(Compose, HasTextsOfAFormatAsLongAsAskedFor) {
  for (const char* format : {"email", "uri", "hostname", "uri-template", "json-pointer", "password",
                             "binary", "byte", "base64url", "regex", "relative-json-pointer"}) {
    Good(std::string("{type: string, minLength: 90, format: ") + format + "}");
  }
  for (const char* format : {"email", "uri", "hostname", "byte", "password", "duration"}) {
    Good(std::string("{type: string, maxLength: 7, format: ") + format + "}");
  }
  EXPECT_EQ(Shown("{type: string, format: byte, minLength: 15, maxLength: 16}"),
            R"("YWFhZXhhbXBsZQ==")");
  EXPECT_EQ(Shown("{type: string, format: date-time, minLength: 24}"),
            R"("2026-01-15T10:00:00.000Z")");
  EXPECT_EQ(Shown("{type: string, format: char}"), R"("a")");
  EXPECT_EQ(Shown("{type: string, format: ipv4, maxLength: 7}"), R"("1.1.1.1")");
}

TEST(Compose, FindsATextOfSeveralPatterns) {
  Good("{allOf: [{type: string, pattern: '^[a-z]+$'}, {pattern: '^[a-z]{4}$'}]}");
  Good("{allOf: [{type: string, pattern: '^[a-z]{4}$'}, {pattern: '^[a-z]+$'}]}");
  Good("{allOf: [{type: string, pattern: '[0-9]'}, {pattern: '[A-Z]'}]}");
  Good(
      "{allOf: [{type: array, minItems: 2, uniqueItems: true, items: {type: string, pattern: "
      "'^[a-z]{3}$'}}, {items: {pattern: '^a'}}]}");
}

}  // namespace
}  // namespace mockduit
