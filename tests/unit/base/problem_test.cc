#include "base/problem.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

std::string Shown(const std::string& text, int line, std::size_t byte) {
  return ProblemAt({"f.yaml", text}, line, byte, "m").Shown();
}

TEST(Problem, IsShownWithItsLineAndACaret) {
  EXPECT_EQ(Shown("a: 1\n  b: 2\nc: 3\n", 2, 5), "f.yaml:2:6: m\n  b: 2\n     ^");
  EXPECT_EQ(Shown("a: 1", 1, 0), "f.yaml:1:1: m\na: 1\n^");
}

TEST(Problem, IsToldInOneLineForTools) {
  EXPECT_EQ(ProblemAt({"f.yaml", "a: 1"}, 1, 3, "m").Text(), "f.yaml:1:4: m");
  EXPECT_EQ((Problem{"f.yaml", 0, 0, "m", {}, {}}.Text()), "f.yaml: m");
}

TEST(Problem, WithoutALineHasNoCaret) {
  EXPECT_EQ((Problem{"f.yaml", 0, 0, "m", {}, {}}.Shown()), "f.yaml: m");
  EXPECT_EQ(Shown("a: [\n", 2, 0), "f.yaml:2:1: m");
  EXPECT_EQ(Shown("a: [\n", 9, 4), "f.yaml:9:5: m");
}

TEST(Problem, BehindTheEndOfItsLineHasTheCaretThere) {
  EXPECT_EQ(Shown("a: [", 1, 4), "f.yaml:1:5: m\na: [\n    ^");
}

TEST(Problem, KeepsTheTabsBeforeTheCaret) {
  EXPECT_EQ(Shown("\ta:\tb", 1, 4), "f.yaml:1:5: m\n\ta:\tb\n\t  \t^");
}

TEST(Problem, CountsCharactersAndTheirWidth) {
  EXPECT_EQ(Shown("ä: ö", 1, 4), "f.yaml:1:4: m\nä: ö\n   ^");
  EXPECT_EQ(Shown("日本: x", 1, 8), "f.yaml:1:5: m\n日本: x\n      ^");
  EXPECT_EQ(Shown("e\u0301: x", 1, 5), "f.yaml:1:5: m\ne\u0301: x\n   ^");
}

TEST(Problem, ShowsNothingThatATerminalWouldObey) {
  EXPECT_EQ(Shown("\x1B[2J: \xE9: \u009Bx", 1, 5),
            "f.yaml:1:6: m\n\uFFFD[2J: \uFFFD: \uFFFDx\n     ^");
}

TEST(Problem, LeavesTheCarriageReturnOfALineOut) {
  EXPECT_EQ(Shown("a: 1\r\nb: 2\r\n", 1, 3), "f.yaml:1:4: m\na: 1\n   ^");
}

TEST(Problem, CutsALongLineAroundTheCaret) {
  const std::string left(300, 'l');
  const std::string right(300, 'r');
  EXPECT_EQ(Shown(left + "X" + right, 1, 300), "f.yaml:1:301: m\n…" + std::string(60, 'l') + "X" +
                                                   std::string(39, 'r') + "…\n" +
                                                   std::string(61, ' ') + "^");
  EXPECT_EQ(Shown("X" + right, 1, 0), "f.yaml:1:1: m\nX" + std::string(99, 'r') + "…\n^");
  EXPECT_EQ(Shown(left, 1, 299),
            "f.yaml:1:300: m\n…" + std::string(61, 'l') + "\n" + std::string(61, ' ') + "^");
}

TEST(Problem, ShowsALineOfTheMaximumWidthWhole) {
  const std::string line(100, 'l');
  EXPECT_EQ(Shown(line, 1, 99), "f.yaml:1:100: m\n" + line + "\n" + std::string(99, ' ') + "^");
}

TEST(Problem, IsOneLineWithoutControlCharactersWhateverItIsAbout) {
  const Problem problem = ProblemAt({"f\x1b.yaml", "a"}, 1, 0, "'x\r\nforged: line\x1b[2J' is bad");
  EXPECT_EQ(problem.Text(), "f\\x1b.yaml:1:1: 'x\\x0d forged: line\\x1b[2J' is bad");
}

TEST(Problem, CutsAVeryLongLineBetweenCharacters) {
  std::string line;
  for (int i = 0; i < 1000; ++i) line += "ä";
  const Problem problem = ProblemAt({"f.yaml", line}, 1, 1002, "m");
  EXPECT_EQ(problem.column, 502);
  EXPECT_EQ(problem.caret, std::string(61, ' ') + "^");
  EXPECT_EQ(problem.excerpt.find("\uFFFD"), std::string::npos);
}

}  // namespace
}  // namespace mockduit
