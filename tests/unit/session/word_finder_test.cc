// WordFinder against regular expressions that say the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/pattern.h"
#include "session/secret_names.h"

namespace mockduit {
namespace {

constexpr std::string_view kWords[] = {"token", "ab",   "-begin", "\"pin", "\"k",
                                       "sig=",  "<pwd", "-pwd",   "a="};

// Separators may stand behind each letter, blanks before a '='; a name in quotes must end in one.
std::string Expression(std::string_view word) {
  std::string text = "(?i)";
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (i > 0) text += "[_-]*";
    if (word[i] == '=') text += "[ \\t+]*";
    text += word[i];
  }
  return word.front() == '"' ? text + "[_-]*[\"\\\\]" : text;
}

TEST(WordFinder, FindsWhatARegularExpressionFinds) {
  WordFinder finder;
  std::vector<Pattern> patterns;
  for (const std::string_view word : kWords) {
    finder.Add(word);
    patterns.push_back(*Pattern::Compile(Expression(word)));
  }
  std::mt19937 random(7);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const std::string_view between[] = {"", "", "", "_", "-", "--", " ", "+", "\"", "\\", "x", "="};
  std::size_t found = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string text(below(4), '.');
    const std::string_view word = kWords[below(std::size(kWords))];
    const std::size_t left_out = below(2) * below(word.size() + 1);
    for (std::size_t at = 0; at < word.size(); ++at) {
      if (at + 1 == left_out) continue;
      const char c = word[at];
      text += below(2) == 0 && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      text += between[below(std::size(between)) * below(2)];
    }
    if (below(2) == 0) text += "\"";
    text.append(below(3), '.');
    const bool expected = std::ranges::any_of(
        patterns, [&](const Pattern& pattern) { return pattern.Matches(text); });
    ASSERT_EQ(finder.IsIn(text), expected) << text;
    found += expected ? 1 : 0;
  }
  EXPECT_GT(found, 10'000u);
  EXPECT_LT(found, 45'000u) << "of 50,000";
}

}  // namespace
}  // namespace mockduit
