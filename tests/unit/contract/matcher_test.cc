#include "contract/language/matcher.h"
#include "unit/parsed.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

TEST(Glob, StarsStandForAnyRun) {
  const struct {
    std::string_view glob, text;
    bool matches;
  } kCases[] = {
      {"*", "", true},
      {"*", "anything", true},
      {"a", "a", true},
      {"a", "ab", false},
      {"", "", true},
      {"", "a", false},
      {"*.create_*", "fivetran.create_connection", true},
      {"*.create_*", "fivetran.list_connections", false},
      {"fivetran.*", "fivetran.", true},
      {"fivetran.*", "airweave.x", false},
      {"a*b*c", "aXbYbZc", true},
      {"a*b*c", "aXc", false},
      {"**", "x", true},
      {"a*", "A", false},
      {"a?c", "abc", false},
      {"a{b,c}d", "abd", true},
      {"a{b,c}d", "acd", true},
      {"a{b,c}d", "ad", false},
      {"a{b,c}d", "abcd", false},
      {"{a,b}{c,d}", "bc", true},
      {"*{.create*,_create}", "acme.createBox", true},
      {"*{.create*,_create}", "acme.box_create", true},
      {"*{.create*,_create}", "acme.box_created", false},
      {"a{", "a{", true},
      {"a}b{", "a}b{", true},
      {"a{}", "a", true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(GlobMatches(c.glob, c.text), c.matches) << c.glob << " " << c.text;
  }
}

TEST(Glob, TakesNoForeverForManyStars) {
  std::string glob;
  for (int i = 0; i < 50; ++i) glob += "*a";
  EXPECT_FALSE(GlobMatches(glob + "b", std::string(5000, 'a')));
}

TEST(ValueMatcher, HoldsAValueAgainstWhatIsAsked) {
  const struct {
    std::string_view matcher, value;
    bool matches;
  } kCases[] = {
      {"\"a\"", "\"a\"", true},
      {"\"a\"", "\"b\"", false},
      {"5", "5", true},
      {"5", "5.0", true},
      {"5", "\"5\"", true},
      {"true", "true", true},
      {"true", "\"true\"", true},
      {"true", "false", false},
      {"null", "null", true},
      {"null", "1", false},
      {"[1,2]", "[1,2]", true},
      {R"({"matches":"^asb_"})", "\"asb_x\"", true},
      {R"({"matches":"^asb_"})", "\"x_asb_\"", false},
      {R"({"matches":"^4"})", "42", true},
      {R"({"contains":"bc"})", "\"abcd\"", true},
      {R"({"contains":"x"})", "\"abcd\"", false},
      {R"({"contains":"b"})", R"(["a","b"])", true},
      {R"({"contains":"b"})", R"(["ab"])", false},
      {R"({"one_of":["a",5]})", "\"a\"", true},
      {R"({"one_of":["a",5]})", "\"5\"", true},
      {R"({"one_of":["a",5]})", "\"b\"", false},
      {R"({"one_of":[]})", "1", false},
      {R"({"absent":true})", "null", true},
      {R"({"absent":true})", "0", false},
      {R"({"absent":false})", "0", true},
      {R"({"gt":3})", "4", true},
      {R"({"gt":3})", "3", false},
      {R"({"gte":3})", "3", true},
      {R"({"lt":3})", "\"2\"", true},
      {R"({"lt":3})", "3", false},
      {R"({"lte":3})", "3", true},
      {R"({"lte":3})", "\"x\"", false},
      {R"({"gt":0})", "[5]", false},
  };
  for (const auto& c : kCases) {
    const auto matcher = ValueMatcher::Compile(Parsed(c.matcher));
    ASSERT_TRUE(matcher) << c.matcher;
    const Json value = Parsed(c.value);
    EXPECT_EQ(matcher->Matches(&value), c.matches) << c.matcher << " " << c.value;
  }
}

TEST(ValueMatcher, CountsNullAndNothingAlike) {
  EXPECT_TRUE(ValueMatcher::Compile(Parsed(R"({"absent":true})"))->Matches(nullptr));
  EXPECT_FALSE(ValueMatcher::Compile(Parsed(R"({"absent":false})"))->Matches(nullptr));
  EXPECT_FALSE(ValueMatcher::Compile("a")->Matches(nullptr));
  EXPECT_FALSE(ValueMatcher::Compile(Parsed(R"({"lt":3})"))->Matches(nullptr));
}

TEST(ValueMatcher, AsksForAllThatItsMapSays) {
  const auto between = ValueMatcher::Compile(Parsed(R"({"gt":1,"lt":4,"not":3})"));
  for (const auto& [number, fits] : {std::pair{1, false}, {2, true}, {3, false}, {4, false}}) {
    const Json value(number);
    EXPECT_EQ(between->Matches(&value), fits) << number;
  }
}

TEST(ValueMatcher, ComparesDates) {
  const auto since = ValueMatcher::Compile(Parsed(R"({"gte":"2026-01-15"})"));
  for (const auto& [text, fits] : {std::pair{"2026-01-14T23:59:59Z", false},
                                   {"2026-01-15", true},
                                   {"2026-02-01", true},
                                   {"soon", false}}) {
    const Json value(text);
    EXPECT_EQ(since->Matches(&value), fits) << text;
  }
}

TEST(ValueMatcher, SaysWhatIsNoMatcher) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {R"({"mathces":"x"})", "'mathces' is no matcher; did you mean 'matches'?"},
      {R"({"matches":"("})", "'(' is no regular expression: missing ): ("},
      {R"({"one_of":"x"})", "one_of asks for a list"},
      {R"({})",
       "a matcher is a value, or a map with some of matches, contains, one_of, absent, not, gt, "
       "gte, lt or lte"},
      {R"({"gt":1,"lt":"soon"})", "lt asks for a number or a date"},
      {R"({"not":{"one_of":1}})", "one_of asks for a list"},
  };
  for (const auto& [text, message] : kTexts) {
    const auto matcher = ValueMatcher::Compile(Parsed(text));
    ASSERT_FALSE(matcher) << text;
    EXPECT_EQ(matcher.error().message, message);
  }
}

}  // namespace
}  // namespace mockduit
