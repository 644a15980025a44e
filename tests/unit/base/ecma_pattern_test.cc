#include "base/ecma_pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/pattern.h"

namespace mockduit {
namespace {

TEST(EcmaPattern, MatchesAsEcmaScriptDoes) {
  const struct {
    std::string_view regex, text;
    bool matches;
  } kCases[] = {
      {R"(^\d{4}-\d{2}$)", "2026-01", true},
      {R"(^\d$)", "٣", false},
      {R"(^(?<year>\d+)$)", "2026", true},
      {R"(^[^]$)", "\n", true},
      {R"(^.$)", "\xe2\x80\xa8", false},  // U+2028 ends a line
      {R"(^.$)", "\r", false},
      {R"([])", "a", false},
      {R"(^\s+$)", "\xc2\xa0\xef\xbb\xbf\v", true},
      {R"(^[\S\n]+$)", "a\n", true},
      {R"(^\S$)", "\xc2\xa0", false},
      {R"(^\u00e9$)", "é", true},
      {R"(^\uD83D\uDE00$)", "😀", true},
      {R"(^\u{1F600}$)", "😀", true},
      {R"(^\p{Letter}\p{Script=Greek}$)", "éλ", true},
      {R"(^\cJ\x41\0$)", std::string_view("\nA\0", 3), true},
      {R"(^[\b]$)", "\b", true},
      {R"(^[\w.-]+$)", "a.b-c", true},
      {R"(^\/\-\_$)", "/-_", true},
      {R"(^a{,2}{$)", "a{,2}{", true},
      {R"(^[a[]]$)", "[]", true},
      {R"(^]}$)", "]}", true},
      {R"(^a+?b??$)", "aaa", true},
      {R"(a$)", "a\n", false},
  };
  for (const auto& c : kCases) {
    const auto pattern = Pattern::CompileEcma(c.regex);
    ASSERT_TRUE(pattern) << c.regex << pattern.error().message;
    EXPECT_EQ(pattern->Matches(c.text), c.matches) << c.regex;
  }
}

TEST(EcmaPattern, SaysWhatIsNone) {
  const struct {
    std::string_view regex, why;
  } kCases[] = {
      {"(a", "'(a' is no regular expression: a ')' is missing"},
      {"a)", "'a)' is no regular expression: a '(' is missing"},
      {"[a", "'[a' is no regular expression: a ']' is missing"},
      {R"(a\Z)", R"('a\Z' is no regular expression: there is no escape \Z)"},
      {R"(a\)", R"('a\' is no regular expression: a backslash stands at its end)"},
      {R"(\u12)", R"('\u12' is no regular expression: four hexadecimal digits must follow \u)"},
      {"*a", "'*a' is no regular expression: no argument for repetition operator: *"},
      {"(?<>a)", "'(?<>a)' is no regular expression: a group has no name"},
  };
  for (const auto& c : kCases) {
    const auto pattern = Pattern::CompileEcma(c.regex);
    ASSERT_FALSE(pattern) << c.regex;
    EXPECT_TRUE(pattern.error().is_mistake);
    EXPECT_EQ(pattern.error().message, c.why);
  }
}

TEST(EcmaPattern, SaysWhatIsNotHeld) {
  const struct {
    std::string_view regex, why;
  } kCases[] = {
      {"^(?=.*[0-9]).+$", "'^(?=.*[0-9]).+$' looks ahead, and is not held"},
      {"(?<!a)b", "'(?<!a)b' looks behind, and is not held"},
      {R"((a)\1)", R"('(a)\1' repeats what a group has matched, and is not held)"},
      {"a{1,5000}", "'a{1,5000}' repeats more than 1000 times, and is not held"},
      {R"(\p{Script=Nobody})", R"('\p{Script=Nobody}' takes too much to match, and is not held)"},
  };
  for (const auto& c : kCases) {
    const auto pattern = Pattern::CompileEcma(c.regex);
    ASSERT_FALSE(pattern) << c.regex;
    EXPECT_FALSE(pattern.error().is_mistake) << c.regex;
    EXPECT_EQ(pattern.error().message, c.why);
  }
  EXPECT_TRUE(Pattern::CompileEcma("(?=a").error().is_mistake) << "it is not even closed";
}

}  // namespace
}  // namespace mockduit
