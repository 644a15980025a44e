#include "scenario/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/read/scenario.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MatchTest : public ::testing::Test {
 protected:
  Match Made(const std::string& text) {
    auto match = ReadMatchOf({"match", text}, catalog_);
    EXPECT_TRUE(match) << text << ": " << (match ? "" : match.error().front().Text());
    return match ? *match : Match();
  }
  bool Holds(const std::string& text) { return Made(text).Matches(Input()); }
  std::vector<std::string> Misses(const std::string& text) {
    std::vector<std::string> misses;
    for (const Miss& miss : Made(text).Misses(Input())) {
      misses.push_back(miss.condition + ": " + miss.wanted + ", not " + miss.got);
    }
    return misses;
  }
  MatchInput Input() const {
    return {"acme.create_widget", &request_, "/widgets/1", body_ ? &*body_ : nullptr};
  }

  const Catalog catalog_ = AcmeCatalog();
  Request request_{"POST", "/~x/widgets/1", "force=true&n=7&empty=", {{"X-Team", "42"}}, ""};
  std::optional<Json> body_ = *Json::Parse(
      R"({"service":"asb","config":{"schema":"asb_1","a.b":1,"list":["x","y"]},"n":5,"no":null})");
};

TEST_F(MatchTest, LooksIntoTheBodyByDottedPathAndByPointer) {
  for (const char* body :
       {"service: asb", "config.schema: {matches: \"^asb_\"}", "/config/schema: asb_1",
        "/config/a.b: 1", "config.list.1: y", "config.list: {contains: x}", "n: {gt: 4}",
        "n: {gte: 5}", "n: {lt: 6}", "n: {lte: 5}", "service: {one_of: [x, asb]}",
        "nothing: {absent: true}", "no: {absent: true}", "service: {absent: false}",
        "service: {contains: sb}", "n: \"5\""}) {
    EXPECT_TRUE(Holds("body: {" + std::string(body) + "}")) << body;
  }
  for (const char* body :
       {"service: as", "config.schema: {matches: \"^x\"}", "/config/a/b: 1", "config.list.2: y",
        "n: {gt: 5}", "n: {lt: 5}", "service: {gt: 1}", "service: {one_of: [x]}",
        "nothing: {matches: \".*\"}", "service: {absent: true}", "no: {absent: false}"}) {
    EXPECT_FALSE(Holds("body: {" + std::string(body) + "}")) << body;
  }
}

TEST_F(MatchTest, LooksAtNoBodyWhereThereIsNone) {
  body_.reset();
  EXPECT_FALSE(Holds("body: {service: asb}"));
  EXPECT_TRUE(Holds("body: {service: {absent: true}}"));
}

TEST_F(MatchTest, LooksAtQueryAndHeaders) {
  EXPECT_TRUE(Holds("query: {force: \"true\", n: {gte: 7}}"));
  EXPECT_TRUE(Holds("query: {force: true}")) << "a query has texts only";
  EXPECT_TRUE(Holds("query: {empty: \"\"}"));
  EXPECT_FALSE(Holds("query: {force: \"false\"}"));
  EXPECT_TRUE(Holds("headers: {x-team: {matches: \"^4\"}}")) << "names have no case";
  EXPECT_FALSE(Holds("headers: {x-team: {absent: true}}"));
}

TEST_F(MatchTest, TakesASlashAtTheEndOfAPathAsNone) {
  request_.method = "POST";
  const Match match = Made("path: /widgets/{size}/");
  EXPECT_TRUE(match.Matches(Input()));
  MatchInput input = Input();
  input.path = "/widgets/1/";
  EXPECT_TRUE(match.Matches(input));
  input.path = "/widgets";
  EXPECT_FALSE(match.Matches(input));
}

TEST_F(MatchTest, TellsCreatesFromOthers) {
  MatchInput input = Input();
  EXPECT_FALSE(Made("creates: true").Matches(input));
  EXPECT_TRUE(Made("creates: false").Matches(input));
  EXPECT_EQ(Made("creates: true").Misses(input).front().got, "false");
  input.creates = true;
  EXPECT_TRUE(Made("creates: true").Matches(input));
  const Operation& create = *catalog_.FindOperation("acme.create_widget");
  Operation list;
  list.name = "acme.list_widgets";
  list.contract = create.contract;
  EXPECT_TRUE(Made("creates: true").CanMeet(create));
  EXPECT_FALSE(Made("creates: true").CanMeet(list));
  EXPECT_TRUE(Made("creates: false").CanMeet(list));
  EXPECT_FALSE(ReadMatchOf({"match", "creates: often"}, catalog_));
}

TEST_F(MatchTest, TellsEveryConditionThatDoesNotHold) {
  EXPECT_THAT(Misses("vendor: acme\nbody: {service: asb}"), IsEmpty());
  EXPECT_THAT(Misses("method: HEAD\nquery: {force: x, other: {absent: true}}\n"
                     "headers: {x-none: y}\nbody: {service: {one_of: [a]}, n: 5}"),
              ElementsAre("method: HEAD, not POST", "query.force: \"x\", not \"true\"",
                          "headers.x-none: \"y\", not nothing",
                          "body.service: {\"one_of\":[\"a\"]}, not \"asb\""));
  MatchInput input = Input();
  input.operation = "";
  input.path = "/x";
  EXPECT_EQ(Made("{operation: acme.*, vendor: acme, path: \"/widgets/{a}\"}").Misses(input).size(),
            3u);
}

TEST_F(MatchTest, StandsAloneWithItsMistakes) {
  const auto match = ReadMatchOf({"match", "bodi: {}\nvendor: acne\n"}, catalog_);
  ASSERT_FALSE(match);
  EXPECT_THAT(Texts(match.error()),
              ElementsAre("match:1:1: 'bodi' is no key of match; did you mean 'body'?",
                          "match:2:9: 'acne' is no vendor; did you mean 'acme'?"));
}

}  // namespace
}  // namespace mockduit
