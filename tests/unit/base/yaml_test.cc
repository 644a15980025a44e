#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/yaml.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Json Root(std::string_view text) {
  const auto document = ReadYaml("a.yaml", text);
  EXPECT_TRUE(document) << text << "\n" << (document ? "" : document.error().front().Text());
  return document ? document->root : Json();
}

std::vector<std::string> YamlProblems(std::string_view text) {
  const auto document = ReadYaml("a.yaml", text);
  std::vector<std::string> texts;
  if (document) return texts;
  for (const Problem& problem : document.error()) texts.push_back(problem.Text());
  return texts;
}

TEST(Yaml, ReadsScalarsByTheCoreSchema) {
  const std::pair<std::string_view, std::string_view> kScalars[] = {
      {"", "null"},
      {"~", "null"},
      {"null", "null"},
      {"NULL", "null"},
      {"true", "true"},
      {"False", "false"},
      {"yes", "\"yes\""},
      {"off", "\"off\""},
      {"12", "12"},
      {"-3", "-3"},
      {"+3", "3"},
      {"0.5", "0.5"},
      {"1e3", "1000.0"},
      {"14:00", "\"14:00\""},
      {"2026-08", "\"2026-08\""},
      {"1.2.3", "\"1.2.3\""},
      {"-", "[null]"},
      {"nUll", "\"nUll\""},
      {"'12'", "\"12\""},
      {"\"true\"", "\"true\""},
      {"+-5", "\"+-5\""},
      {".", "\".\""},
      {"0x1F", "31"},
      {"0o17", "15"},
      {"0xG", "\"0xG\""},
  };
  for (const auto& [text, json] : kScalars) EXPECT_EQ(Root(text).Dump(), json) << text;
}

TEST(Yaml, ReadsMergeKeysOfDocumentsOfOtherPeople) {
  const std::string text =
      "a: &a {x: 1, y: 2}\n"
      "b: {<<: *a, y: 3}\n"
      "c: &c\n"
      "  <<: [*a, {y: 4, z: 5}]\n"
      "d: {<<: *c}\n"
      "e: {<<: text}\n";
  const auto cut = ReadCutYaml("a.yaml", text);
  ASSERT_TRUE(cut) << cut.error().front().Text();
  const Json& root = cut->document.root;
  EXPECT_EQ(root.Get("b").Dump(), R"({"y":3,"x":1})");
  EXPECT_EQ(root.Get("c").Dump(), R"({"x":1,"y":2,"z":5})");
  EXPECT_EQ(root.Get("d").Dump(), R"({"x":1,"y":2,"z":5})");
  EXPECT_EQ(root.Get("e").Dump(), R"({"<<":"text"})") << "which is no map";
  EXPECT_EQ(cut->document.AtValue("/b/x", "here").Text(), "a.yaml:1:11: here")
      << "where the anchor stands";
  EXPECT_EQ(cut->document.AtValue("/d/z", "here").Text(), "a.yaml:4:22: here");
  const auto own = ReadYaml("a.yaml", text);
  ASSERT_TRUE(own);
  EXPECT_NE(own->root.Get("b").Find("<<"), nullptr) << "our own contracts tell of it";
}

TEST(Yaml, KeepsTheOrderOfKeys) {
  EXPECT_EQ(Root("z: 1\na: {y: 2, b: [x, {c: d}]}\n").Dump(),
            R"({"z":1,"a":{"y":2,"b":["x",{"c":"d"}]}})");
}

TEST(Yaml, MakesTextOfKeys) {
  EXPECT_EQ(Root("201: a\ntrue: b\n~: c\n").Dump(), R"({"201":"a","true":"b","null":"c"})");
}

TEST(Yaml, ReadsBlocksAndFoldedText) {
  EXPECT_EQ(Root("a: |\n  one\n  two\nb: >-\n  one\n  two\n").Dump(),
            R"({"a":"one\ntwo\n","b":"one two"})");
}

TEST(Yaml, ReadsJson) {
  EXPECT_EQ(Root(R"({"a": [1, "two", null], "b": {"c": true}})").Dump(),
            R"({"a":[1,"two",null],"b":{"c":true}})");
}

TEST(Yaml, KnowsWhereKeysAndValuesStand) {
  const auto document = ReadYaml("dir/a.yaml", "rules:\n  - name: x\n    play:\n      - a/b: 1\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->AtValue("/rules/0/name", "m").Text(), "dir/a.yaml:2:11: m");
  EXPECT_EQ(document->AtKey("/rules/0/name", "m").Text(), "dir/a.yaml:2:5: m");
  EXPECT_EQ(document->AtKey("/rules/0/play/0/a~1b", "m").Text(), "dir/a.yaml:4:9: m");
  EXPECT_EQ(document->AtKey("/rules/0/play/0", "m").Text(), "dir/a.yaml:4:9: m");
  EXPECT_EQ(document->AtValue("/nowhere", "m").Text(), "dir/a.yaml:1:1: m");
}

TEST(Yaml, KnowsThePointerOfEachValueThatIsStillThere) {
  auto document = ReadYaml("a.yaml", "a/b: [1, {c: 2}]\nlast: 3\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->PointerOf(*document->root.At("/a~1b/1/c")), "/a~1b/1/c");
  EXPECT_EQ(document->PointerOf(document->root), "");
  const Json* last = document->root.Find("last");
  EXPECT_EQ(document->PointerOf(*last), "/last");
  document->root.IfObject()->pop_back();
  EXPECT_EQ(document->PointerOf(*last), "") << "by its address alone";
}

TEST(Yaml, TellsOfEveryRepeatedKey) {
  EXPECT_THAT(YamlProblems("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n"),
              ElementsAre("a.yaml:4:3: the key 'c' stands here a second time",
                          "a.yaml:5:1: the key 'a' stands here a second time"));
}

// Every mistake that the parser notices itself, in words that do not depend on its version.
TEST(Yaml, TellsInItsOwnWordsWhyATextIsNoYaml) {
  const std::pair<std::string_view, std::string_view> kMistakes[] = {
      {"a: [1, 2\nb: 3\n",
       "2:2: the list in [ ] of line 1 is not closed; a ',' or ']' is missing before this"},
      {"a:\n  - {b: 1\n", "2:5: the map in { } is never closed; a '}' is missing"},
      {"a: [\n", "1:4: the list in [ ] is never closed; a ']' is missing"},
      {"a: [{b: 1}, {c: 2]\n", "1:18: this bracket has no matching one before it"},
      {"a: }\n", "1:4: this bracket has no matching one before it"},
      {"a: b: c\n",
       "1:5: a ':' cannot stand here; indent the keys of a map alike, and put text with ': ' in "
       "quotes"},
      {"a: b\n c: d\n",
       "2:3: a ':' cannot stand here; indent the keys of a map alike, and put text with ': ' in "
       "quotes"},
      {"a: 1\n- b\n",
       "2:1: this continues neither the value before it nor its map or list; write 'key: value' or "
       "'- item', or put a whole value in quotes"},
      {"- a\nb: 1\n",
       "2:1: this continues neither the value before it nor its map or list; write 'key: value' or "
       "'- item', or put a whole value in quotes"},
      {"a: - b\n", "1:4: a list cannot begin here; write its '- ' on a line of its own"},
      {"a: @x\n", "1:4: this character cannot begin a value; put the text in quotes"},
      {"a: %x\n", "1:4: this character cannot begin a value; put the text in quotes"},
      {"a: 'x' y\n",
       "1:8: this continues neither the value before it nor its map or list; write 'key: value' or "
       "'- item', or put a whole value in quotes"},
      {"a: \"b\nc: 1\n", "1:4: the text in quotes is never closed"},
      {"a: 'it''s", "1:4: the text in quotes is never closed"},
      {"a: 'b\n---\n", "2:1: the text in quotes is not closed before the document ends"},
      {"a:\n\tb: 1\n", "2:1: a tab cannot indent YAML; use spaces"},
      {"a: *\n", "1:5: '*' needs a name; text that begins with '*' needs quotes"},
      {"a: &\n", "1:5: '&' needs a name; text that begins with '&' needs quotes"},
      {"a: *nobody\n", "1:4: no anchor 'nobody' stands above"},
      {"a: !s !t 1\n", "1:7: a value has one tag at most"},
      {"a: &b &c 1\n", "1:7: a value has one anchor at most"},
      {"a: |0\n  b\n", "1:6: the indentation of a block is a number from 1 to 9"},
      {"a: |x\n  b\n", "1:5: only a number, '+', '-' or a comment may stand behind '|' or '>'"},
      {"a: \"\\xg0\"\n", "1:5: a hexadecimal digit is missing here"},
      {"a: \"\\ud800\"\n", "1:5: this escape names no character"},
      {"a: \"\\d\"\n",
       "1:5: in double quotes a backslash begins an escape, and this one is unknown; write two "
       "backslashes, or use single quotes"},
      {"a: !<b\n", "1:7: this tag is not complete; text that begins with '!' needs quotes"},
      {"%YAML\n---\na: 1\n",
       "1:1: a line that begins with '%' is a directive, and this one is unknown"},
      {"a: 1\n--- b\n", "2:1: a file holds one document; another begins here"},
      {"a: &x\n  b: *x\n", "2:6: this alias stands inside what its anchor names"},
      {"? [a, b]\n: 1\n", "1:3: a key must be one word, not a list or map"},
  };
  for (const auto& [text, told] : kMistakes) {
    EXPECT_THAT(YamlProblems(text), ElementsAre("a.yaml:" + std::string(told))) << text;
  }
}

TEST(Yaml, TellsWhereATextIsNoUtf8) {
  EXPECT_THAT(YamlProblems("a: 1\nb: caf\xE9\n"),
              ElementsAre("a.yaml:2:7: the byte 0xE9 is no UTF-8; save the file as UTF-8"));
  EXPECT_THAT(YamlProblems("\xFF\xFE"
                           "a"),
              ElementsAre("a.yaml:1:1: this file is UTF-16; save it as UTF-8"));
  for (const std::string_view text : {std::string_view("a\0:\0", 4), std::string_view("\0a\0:", 4),
                                      std::string_view("\0\0\0a", 4)}) {
    EXPECT_THAT(YamlProblems(text),
                ElementsAre("a.yaml:1:1: this file is UTF-16 or UTF-32; save it as UTF-8"));
  }
  EXPECT_THAT(YamlProblems("a: 1\rb: 2\r"),
              ElementsAre("a.yaml:1:5: the lines of this file end in carriage returns alone; save "
                          "it with line feeds"));
  EXPECT_THAT(YamlProblems(std::string_view("a: \0\n", 5)),
              ElementsAre("a.yaml:1:4: the control character 0x00 cannot stand here"));
}

TEST(Yaml, PassesOverAByteOrderMark) {
  EXPECT_EQ(Root("\xEF\xBB\xBF"
                 "a: 1\n")
                .Dump(),
            R"({"a":1})");
  EXPECT_THAT(YamlProblems("\xEF\xBB\xBF"
                           "a: }\n"),
              ElementsAre("a.yaml:1:4: this bracket has no matching one before it"));
}

TEST(Yaml, CountsColumnsInCharacters) {
  EXPECT_THAT(
      YamlProblems("ä: {ö: @}\n"),
      ElementsAre("a.yaml:1:8: this character cannot begin a value; put the text in quotes"));
}

TEST(Yaml, FindsAPlaceInsideAText) {
  const auto document = ReadYaml("a.yaml",
                                 "a: \"{{x}} {{x}}\"\n"
                                 "b: >-\n"
                                 "  one\n"
                                 "  {{x}}\n"
                                 "c: 'it''s {{x}}'\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->InText("/a", 2, "m").Text(), "a.yaml:1:7: m");
  EXPECT_EQ(document->InText("/a", 8, "m").Text(), "a.yaml:1:13: m");
  EXPECT_EQ(document->InText("/b", 6, "m").Text(), "a.yaml:4:5: m");
  EXPECT_EQ(document->InText("/c", 7, "m").Text(), "a.yaml:5:13: m");
  EXPECT_EQ(document->InText("/c", 99, "m").Text(), "a.yaml:5:4: m");
}

TEST(Yaml, LetsAliasesRepeatWhatAnAnchorNames) {
  EXPECT_EQ(Root("a: &x {b: 1}\nc: *x\nd: [*x]\n").Dump(),
            R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1}]})");
}

TEST(Yaml, BoundsWhatAliasesAddTogether) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) text += ", " + before;
    text += "]\n";
  }
  EXPECT_THAT(YamlProblems(text),
              ElementsAre(HasSubstr("the aliases of this file repeat more than 10000 values")));
}

TEST(Yaml, RefusesTooDeepANesting) {
  EXPECT_THAT(YamlProblems(std::string(101, '[') + std::string(101, ']')),
              ElementsAre("a.yaml:1:101: nested too deep"));
}

TEST(Yaml, ReadsAnEmptyTextAsNull) {
  EXPECT_TRUE(Root("").IsNull());
  EXPECT_TRUE(Root("# only a comment\n").IsNull());
}

TEST(Yaml, TellsOfNothingBelowARepeatedKeyThatStandsInTheFirstOneToo) {
  EXPECT_THAT(YamlProblems("a:\n  b: 1\na:\n  b: 2\n"),
              ElementsAre(HasSubstr("the key 'a' stands here a second time")));
  EXPECT_THAT(YamlProblems("a:\na:\n"),
              ElementsAre(HasSubstr("the key 'a' stands here a second time")))
      << "nor where it has no value";
}

}  // namespace
}  // namespace mockduit
