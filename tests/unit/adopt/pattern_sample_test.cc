#include "adopt/pattern_sample.h"

#include <gtest/gtest.h>

#include "base/pattern.h"

namespace mockduit {
namespace {

struct Sampled {
  const char* expression;
  const char* text;
};

TEST(PatternSample, IsTheShortestTextThatComesToMind) {
  for (const auto& [expression, text] : {
           Sampled{"^$", ""},
           {"abc", "abc"},
           {"^[a-z]{3}$", "aaa"},
           {"^[b-d]+$", "b"},
           {"^\\d{2,4}$", "11"},
           {"^(foo|bar)$", "foo"},
           {"^(?:ab)?c$", "c"},
           {"^x*y$", "y"},
           {"^a+?$", "a"},
           {"^a{2,}$", "aa"},
           {"^.{2}$", "aa"},
           {"^\\w\\s\\S\\D\\W$", "a aa-"},
           {"^\\+[1-9]\\d{1,3}$", "+11"},
           {"^\\.\\-\\/$", ".-/"},
           {"^\\x41\\u0042$", "AB"},
           {"^[[:digit:]][[:space:]][[:alpha:]]$", "1 a"},
           {"^\\p{L}\\p{N}$", "a1"},
           {"^(?<year>\\d{4})-(?P<day>\\d)$", "1111-1"},
           {"^\\p{Lu}\\p{Ll}\\p{Nd}\\p{P}\\p{Zs}$", "Aa1- "},
           {"^[\\p{Lu}\\d]\\P{L}\\pL$", "A1a"},
           {"^\\p{Script=Greek}\\p{Sc}[^\\p{L}]$", "α$1"},
           {"^[[:upper:]]$", "A"},
           {"^[\\u00e0-\\u00ff]\\xe9$", "àé"},
           {"[^\\x00-\\x7F]", "«"},
           {"^[^a]$", "1"},
           {"^[^a-z0-9]$", "A"},
           {"^[]x]$", "]"},
           {"^é{2}$", "éé"},
           {"\\n\\t\\r", "\n\t\r"},
           {"a\\b c", "a c"},
       }) {
    EXPECT_EQ(SampleOf(expression), text) << expression;
  }
}

TEST(PatternSample, MatchesItsExpression) {
  for (const char* expression :
       {"^[A-Z]{2}[0-9]{2}[A-Z0-9]{4}[0-9]{7}([A-Z0-9]?){0,16}$",
        "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$", "^(\\*|([0-5]?\\d))( (\\*|\\d+)){4}$",
        "^arn:aws:[a-z]+:[^:]*:\\d{12}:.+$", "^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$",
        "^(19|20)\\d\\d-(0[1-9]|1[012])$", "^s3://[^/]+/.*$", "^[\\w.-]+$", "^\\S(.*\\S)?$"}) {
    const auto text = SampleOf(expression);
    ASSERT_TRUE(text) << expression;
    EXPECT_TRUE(Pattern::Compile(expression)->Matches(*text)) << expression << " and " << *text;
  }
}

TEST(PatternSample, IsAsLongAsAskedFor) {
  EXPECT_EQ(SampleOf("^a*$", 4), "aaaa");
  EXPECT_EQ(SampleOf("^\\d{2,4}$", 3), "111");
  EXPECT_EQ(SampleOf("^é+$", 3), "ééé") << "characters count, not bytes";
  const auto text = SampleOf("^[a-z]+(-[a-z]+)*$", 20);
  ASSERT_TRUE(text);
  EXPECT_GE(text->size(), 20u);
  EXPECT_EQ(SampleOf("^a$", 2), std::nullopt);
  EXPECT_EQ(SampleOf("^a{2,4}$", 5), std::nullopt);
}

TEST(PatternSample, IsNothingWhereTheExpressionIsNotUnderstood) {
  for (const char* expression : {"(?=a)b", "(?!a)b", "(?<=a)b", "(?<!a)b", "(a)\\1", "(", "a)",
                                 "[a", "*a", "+a", "\\", "x{5000}", "\\p", "\\p{None}", "\\xZZ"}) {
    EXPECT_EQ(SampleOf(expression), std::nullopt) << expression;
  }
}

TEST(PatternSample, EndsWhateverIsAskedFor) {
  std::string deep = "a";
  for (int i = 0; i < 60; ++i) deep = "(" + deep + ")";
  EXPECT_EQ(SampleOf(deep), std::nullopt);
  EXPECT_EQ(SampleOf("((((a{900}){900}){900}){900}){900}"), std::nullopt);
  EXPECT_EQ(SampleOf("^a+$", 1'000'000), std::nullopt);
}

}  // namespace
}  // namespace mockduit
