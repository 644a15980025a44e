#include "base/json_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> JsonProblems(const std::string& text) {
  const auto document = ReadJsonDocument({"a.json", text});
  std::vector<std::string> texts;
  if (document) return texts;
  for (const Problem& problem : document.error()) texts.push_back(problem.Shown());
  return texts;
}

TEST(JsonDocument, KnowsWhereKeysAndValuesStand) {
  const auto document = ReadJsonDocument({"a.json", R"({
  "a": [1, "t\"w}o", null],
  "b\u0041/": {"c": {}, "d": [], "e" : true}
}
)"});
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root.Dump(), R"({"a":[1,"t\"w}o",null],"bA/":{"c":{},"d":[],"e":true}})");
  EXPECT_EQ(document->AtValue("", "m").Text(), "a.json:1:1: m");
  EXPECT_EQ(document->AtKey("/a", "m").Text(), "a.json:2:3: m");
  EXPECT_EQ(document->AtValue("/a/0", "m").Text(), "a.json:2:9: m");
  EXPECT_EQ(document->AtValue("/a/1", "m").Text(), "a.json:2:12: m");
  EXPECT_EQ(document->AtValue("/a/2", "m").Text(), "a.json:2:22: m");
  EXPECT_EQ(document->AtKey("/bA~1/d", "m").Text(), "a.json:3:25: m");
  EXPECT_EQ(document->AtValue("/bA~1/e", "m").Text(), "a.json:3:40: m");
  EXPECT_EQ(document->InText("/a/1", 4, "m").Text(), "a.json:2:18: m");
}

TEST(JsonDocument, ReadsAValueThatStandsAlone) {
  EXPECT_EQ(ReadJsonDocument({"a.json", "\xEF\xBB\xBF 5"})->AtValue("", "m").Text(),
            "a.json:1:2: m");
}

TEST(JsonDocument, TellsWhereATextIsNoJson) {
  EXPECT_THAT(JsonProblems("{\n  \"a\": x\n}"),
              ElementsAre("a.json:2:8: a JSON value cannot begin here; text needs double quotes\n  "
                          "\"a\": x\n       ^"));
  EXPECT_THAT(JsonProblems("{\"a\": \"\xE9\"}"),
              ElementsAre("a.json:1:8: the byte 0xE9 is no UTF-8; save the file as UTF-8\n"
                          "{\"a\": \"\uFFFD\"}\n"
                          "       ^"));
}

TEST(JsonDocument, TellsOfNothingBelowARepeatedKeyThatStandsInTheFirstOneToo) {
  EXPECT_THAT(JsonProblems(R"({"a": {"b": 1}, "a": {"b": 2}})"), ::testing::SizeIs(1));
}

TEST(JsonDocument, TellsOfEveryRepeatedKey) {
  EXPECT_THAT(JsonProblems("{\"a\": 1, \"a\": {\"b\": 1,\n\"b\": 2}}"),
              ElementsAre("a.json:1:10: the key 'a' stands here a second time\n"
                          "{\"a\": 1, \"a\": {\"b\": 1,\n"
                          "         ^",
                          "a.json:2:1: the key 'b' stands here a second time\n"
                          "\"b\": 2}}\n"
                          "^"));
}

}  // namespace
}  // namespace mockduit
