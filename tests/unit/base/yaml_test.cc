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

std::vector<std::string> Problems(std::string_view text) {
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
  EXPECT_EQ(document->AtValue("/nowhere", "m").Text(), "dir/a.yaml: m");
}

TEST(Yaml, TellsOfEveryRepeatedKey) {
  EXPECT_THAT(Problems("a: 1\nb:\n  c: 1\n  c: 2\na: 2\n"),
              ElementsAre("a.yaml:4:3: the key 'c' stands here a second time",
                          "a.yaml:5:1: the key 'a' stands here a second time"));
}

TEST(Yaml, TellsWhereATextIsNoYaml) {
  EXPECT_THAT(Problems("a: [1, 2\nb: 3\n"), ElementsAre(HasSubstr("a.yaml:2:2: ")));
}

TEST(Yaml, RefusesTabsThatIndent) {
  EXPECT_THAT(Problems("a:\n\tb: 1\n"),
              ElementsAre("a.yaml:2:1: a tab cannot indent YAML; use spaces"));
}

TEST(Yaml, LetsAliasesRepeatWhatAnAnchorNames) {
  EXPECT_EQ(Root("a: &x {b: 1}\nc: *x\nd: [*x]\n").Dump(),
            R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1}]})");
}

TEST(Yaml, RefusesAnAliasOfItself) {
  EXPECT_THAT(Problems("a: &x\n  b: *x\n"),
              ElementsAre("a.yaml:2:6: this alias stands inside what its anchor names"));
}

TEST(Yaml, RefusesAnUnknownAlias) {
  EXPECT_THAT(Problems("a: *nobody\n"), ElementsAre(HasSubstr("a.yaml:1:4: ")));
}

TEST(Yaml, BoundsWhatAliasesAddTogether) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) text += ", " + before;
    text += "]\n";
  }
  EXPECT_THAT(Problems(text),
              ElementsAre(HasSubstr("the aliases of this file repeat more than 10000 values")));
}

TEST(Yaml, RefusesTooDeepANesting) {
  EXPECT_THAT(Problems(std::string(101, '[') + std::string(101, ']')),
              ElementsAre("a.yaml:1:101: nested too deep"));
}

TEST(Yaml, RefusesAListAsAKey) {
  EXPECT_THAT(Problems("? [a, b]\n: 1\n"),
              ElementsAre("a.yaml:1:3: a key must be one word, not a list or map"));
}

TEST(Yaml, ReadsAnEmptyTextAsNull) {
  EXPECT_TRUE(Root("").IsNull());
  EXPECT_TRUE(Root("# only a comment\n").IsNull());
}

}  // namespace
}  // namespace mockduit
