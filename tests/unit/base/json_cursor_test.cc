#include "base/json_cursor.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace mockduit {
namespace {

// The text without its blanks, as the steps of a cursor give it; "" where they fail.
class CursorCopy {
 public:
  explicit CursorCopy(std::string_view text) : cursor_(text) {}

  std::string Whole() {
    const std::string copy = Value();
    return cursor_.IsAtEnd() && !failed_ ? copy : "";
  }

 private:
  std::string Value() {
    switch (cursor_.Look()) {
      case JsonCursor::Next::kObject: return Parts('{', '}');
      case JsonCursor::Next::kArray: return Parts('[', ']');
      case JsonCursor::Next::kString: return std::string(cursor_.String());
      case JsonCursor::Next::kScalar: return std::string(cursor_.Scalar());
      case JsonCursor::Next::kNothing: failed_ = true; return "";
    }
    return "";
  }
  std::string Parts(char begin, char end) {
    std::string parts;
    for (bool more = cursor_.Enter(end); more; more = cursor_.GoesOn(end)) {
      if (!parts.empty()) parts += ',';
      if (begin == '{') parts += std::string(cursor_.Key()) + ":";
      parts += Value();
    }
    return begin + parts + end;
  }

  JsonCursor cursor_;
  bool failed_ = false;
};

TEST(JsonCursor, StepsThroughEachKindOfValue) {
  EXPECT_EQ(CursorCopy(" { \"a\\\"\\\\\" : [ 1.5e+3 , true,null,\n\"\" ] ,\t\"b\":{ } , \"c\":[]} ")
                .Whole(),
            R"({"a\"\\":[1.5e+3,true,null,""],"b":{},"c":[]})");
  EXPECT_EQ(CursorCopy(" \"x\" ").Whole(), "\"x\"");
  EXPECT_EQ(CursorCopy("-0").Whole(), "-0");
}

TEST(JsonCursor, FailsWhereTheShapeIsNotThatOfJson) {
  for (const std::string text :
       {"",      " ",          "[",   "{",         "[1",       "[1,",        "[1,]",
        "[,1]",  "[1 2]",      "[1}", "{\"a\"}",   "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}",
        "{a:1}", "{1:1}",      "\"a", "\"a\\\"",   "\"",       "1 1",        "[] []",
        "]",     "'a'",        "=",   "{\"a\":1]", "[1{",      "{\"a\":[}",  "eyJhbGciOiJ.eyJ",
        "[nul]", "{\"a\":b1}", "e5",  "NaN",       "[--]x"}) {
    EXPECT_EQ(CursorCopy(text).Whole(), "") << text;
    EXPECT_FALSE(Json::Parse(text)) << text;
  }
}

TEST(JsonCursor, GivesOneMemberOfAnObject) {
  const std::string object =
      R"({"a":{"b":"}\\\"","c":[[1],{}]},"b":[{"d":"]"}],"q\"":2,"n":null,"d":"x\ny","e":-1.5})";
  EXPECT_EQ(MemberOf(object, "a").Get("b"), Json("}\\\""));
  EXPECT_EQ(MemberOf(object, "b").Dump(), R"([{"d":"]"}])");
  EXPECT_EQ(MemberOf(object, "q\""), Json(2));
  EXPECT_EQ(MemberOf(object, "d"), Json("x\ny"));
  EXPECT_EQ(MemberOf(object, "e"), Json(-1.5));
  for (const Json& nothing : {MemberOf(object, "n"), MemberOf(object, "c"), MemberOf("[1]", "a"),
                              MemberOf("{}", "a"), MemberOf("", "a"), MemberOf("{\"a\":[", "a")}) {
    EXPECT_TRUE(nothing.IsNull());
  }
}

TEST(JsonCursor, SaysWhereItStands) {
  JsonCursor cursor("  [ 7]");
  EXPECT_EQ(cursor.Look(), JsonCursor::Next::kArray);
  EXPECT_EQ(cursor.at(), 2U);
  EXPECT_TRUE(cursor.Enter(']'));
  EXPECT_EQ(cursor.at(), 4U);
  EXPECT_EQ(cursor.Scalar(), "7");
  EXPECT_EQ(cursor.at(), 5U);
  EXPECT_FALSE(cursor.GoesOn(']'));
  EXPECT_FALSE(cursor.failed());
  EXPECT_TRUE(cursor.IsAtEnd());
}

}  // namespace
}  // namespace mockduit
