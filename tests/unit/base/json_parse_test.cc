#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include "base/json.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

std::string Nested(int levels) {
  const auto count = static_cast<std::size_t>(levels);
  return std::string(count, '[') + std::string(count, ']');
}

TEST(JsonParse, KeepsTheOrderOfKeys) {
  EXPECT_EQ(Parsed(R"({"z":1,"a":{"y":2,"b":3},"m":null})").Dump(),
            R"({"z":1,"a":{"y":2,"b":3},"m":null})");
}

TEST(JsonParse, TakesTheLastOfARepeatedKey) {
  EXPECT_EQ(Parsed(R"({"a":1,"b":2,"a":3})").Dump(), R"({"b":2,"a":3})");
}

TEST(JsonParse, TakesTheLastOfARepeatedKeyAtEveryLevel) {
  EXPECT_EQ(Parsed(R"({"o":{"a":1,"a":{"b":1,"b":2}},"l":[{"c":1,"c":2}]})").Dump(),
            R"({"o":{"a":{"b":2}},"l":[{"c":2}]})");
}

TEST(JsonParse, TakesTheLastOfRepeatedKeysInALargeObject) {
  constexpr int kKeys = 3000;
  std::string text = "{";
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < kKeys; ++i) {
      text += "\"k" + std::to_string(i) + "\":" + std::to_string(round * kKeys + i) + ",";
    }
  }
  text.back() = '}';
  const Json json = Parsed(text);
  ASSERT_EQ(json.IfObject()->size(), kKeys);
  for (int i = 0; i < kKeys; ++i) {
    EXPECT_EQ((*json.IfObject())[static_cast<std::size_t>(i)].value.AsInteger(), kKeys + i);
  }
}

TEST(JsonParse, TakesAHundredLevelsAndRefusesOneMore) {
  EXPECT_TRUE(Json::Parse(Nested(100)));
  const auto deeper = Json::Parse(Nested(101));
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().message, "nested deeper than 100 levels");
}

TEST(JsonParse, RefusesAMillionLevelsWithoutFalling) {
  EXPECT_FALSE(Json::Parse(Nested(1'000'000)));
  EXPECT_FALSE(Json::Parse(std::string(1'000'000, '[')));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  EXPECT_FALSE(Json::Parse(objects));
}

TEST(JsonParse, RefusesWhatIsNoJson) {
  const std::string_view kTexts[] = {
      "",       " ",       "{",         "[1,]",        "{\"a\":1,}", "{a:1}",    "'a'",
      "nul",    "01",      "1.",        "+1",          "[1 2]",      "{} {}",    "{}x",
      "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "NaN",        "Infinity", "// c\n1",
  };
  for (const std::string_view text : kTexts) {
    EXPECT_FALSE(Json::Parse(text)) << text;
  }
}

TEST(JsonParse, RefusesInvalidUtf8) {
  const std::string_view kTexts[] = {
      "\"\xff\"",              // no byte of UTF-8
      "\"\xc3\"",              // a sequence cut short
      "\"\xc0\xaf\"",          // overlong
      "\"\xed\xa0\x80\"",      // a surrogate
      "\"\xf5\x80\x80\x80\"",  // beyond U+10FFFF
      "{\"\xff\":1}",
  };
  for (const std::string_view text : kTexts) {
    const auto json = Json::Parse(text);
    ASSERT_FALSE(json) << text;
    EXPECT_THAT(json.error().message, HasSubstr("no UTF-8"));
  }
}

TEST(JsonParse, RefusesNulBytes) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {"\0"sv, "{\"a\":\"b\0c\"}"sv, "{}\0"sv, "{}\0garbage"sv, "{\"a\"\0:1}"sv, "[1\0]"sv}) {
    EXPECT_FALSE(Json::Parse(text)) << Json(text).Dump();
  }
}

TEST(JsonParse, TakesAnEscapedNul) {
  const Json json = Parsed(R"("a\u0000b")");
  EXPECT_EQ(json.AsString(), std::string_view("a\0b", 3));
  EXPECT_EQ(json.Dump(), R"("a\u0000b")");
}

TEST(JsonParse, KeepsTheDigitsOfNumbersThatNothingElseHolds) {
  for (const std::string text :
       {"18446744073709551616", "-9223372036854775809", "1000000000000100000001", "1e400",
        "-1.8e308", "1e-400", "0.12345678901234567890", "12345678901234567.89"}) {
    EXPECT_EQ(Parsed("[" + text + "]").Dump(), "[" + text + "]");
    EXPECT_EQ(Parsed(text).DumpPretty(), text);
    EXPECT_EQ(Parsed(text), Parsed(text));
  }
  EXPECT_EQ(Parsed(std::string(400, '9')).Dump(), std::string(400, '9'));
}

TEST(JsonParse, KnowsWhichOfTheseAreWhole) {
  EXPECT_TRUE(Parsed("1e400").IsInteger());
  EXPECT_TRUE(Parsed("12345678901234567890.00").IsInteger());
  EXPECT_FALSE(Parsed("12345678901234567890.01").IsInteger());
  EXPECT_FALSE(Parsed("1e-400").IsInteger());
  EXPECT_TRUE(Parsed("1e-400").IsNumber());
}

TEST(JsonParse, ReadsZeroWithAnyExponent) {
  for (const char* text : {"0e308", "-0e308", "0.0e308", "0.000e309", "0E5", "0e-400"}) {
    EXPECT_EQ(Parsed(text).AsNumber(1), 0) << text;
  }
}

TEST(JsonParse, ReadsTheSmallestAndTheLargestNumbers) {
  EXPECT_EQ(Parsed("1.7976931348623157e308").AsNumber(), std::numeric_limits<double>::max());
  EXPECT_EQ(Parsed("5e-324").AsNumber(), std::numeric_limits<double>::denorm_min());
}

TEST(JsonParse, ReadsIntegersOfSixtyFourBits) {
  EXPECT_EQ(Parsed("9223372036854775807").AsInteger(), 9223372036854775807);
  EXPECT_EQ(Parsed("-9223372036854775808").AsInteger(), std::numeric_limits<std::int64_t>::min());
}

TEST(JsonParse, ReadsLargerIntegersToo) {
  const Json json = Parsed("9223372036854775808");
  EXPECT_EQ(json.TypeName(), "integer");
  EXPECT_EQ(json.AsNumber(), 9223372036854775808.0);
  EXPECT_EQ(json.AsInteger(-1), -1) << "no integer of 64 bits holds it";
}

TEST(JsonParse, TellsWhereItStopped) {
  const auto json = Json::Parse(R"({"name": oops})");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().offset, 9u);
  EXPECT_EQ(json.error().message, "a JSON value cannot begin here; text needs double quotes");
}

TEST(JsonParse, SkipsAByteOrderMark) {
  EXPECT_EQ(Parsed("\xef\xbb\xbf{\"a\":1}").Dump(), R"({"a":1})");
}

TEST(JsonParse, AndDumpGiveBackWhatWasRead) {
  const std::string_view kTexts[] = {
      R"(null)",
      R"(true)",
      R"(-1)",
      R"(0.1)",
      R"(1e300)",
      R"("")",
      R"([])",
      R"({})",
      R"([[],{},[{}]])",
      R"({"":{"":""}})",
      R"("\"\\\b\f\n\r\t\u0001")",
      R"("é€😀/")",
      R"({"a":[1,2.5,"x",null,true,{"b":false}]})",
  };
  for (const std::string_view text : kTexts) EXPECT_EQ(Parsed(text).Dump(), text);
}

TEST(JsonDump, PrettyIndentsByTwoAndEndsWithoutANewline) {
  EXPECT_EQ(Parsed(R"({"a":[1],"b":{}})").DumpPretty(),
            "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

TEST(JsonDump, QuotesATextAsAJsonString) {
  std::string out = "x=";
  Json::AppendQuoted(out, "a\"b\n");
  EXPECT_EQ(out, R"(x="a\"b\n")");
}

// RFC 8259, section 7: these must be escaped, in long texts too.
TEST(Json, EscapesEveryControlCharacterAndReadsNoneAsItIs) {
  for (int c = 0; c < 0x20; ++c) {
    for (const std::size_t before : {0UZ, 1UZ, 7UZ, 8UZ, 15UZ, 16UZ, 40UZ}) {
      const std::string text = std::string(before, 'x') + static_cast<char>(c) + "tail";
      const Json json = Json::MakeObject({{text, text}});
      for (const std::string& written : {json.Dump(), json.DumpPretty()}) {
        const auto raw = std::ranges::count_if(
            written, [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
        EXPECT_EQ(raw, std::ranges::count(written, '\n')) << c << " behind " << before;
        EXPECT_EQ(Json::Parse(written), json) << c << " behind " << before;
      }
      EXPECT_FALSE(Json::Parse("\"" + text + "\"")) << c << " behind " << before;
    }
  }
}

}  // namespace
}  // namespace mockduit
