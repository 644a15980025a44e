// How exchanges become entries, calls and places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

using Groups = std::vector<std::vector<std::uint64_t>>;

Groups Ids(const std::vector<History::Entries>& groups) {
  Groups ids;
  for (const History::Entries& group : groups) {
    ids.emplace_back();
    for (const Entry* entry : group) ids.back().push_back(entry->id());
  }
  return ids;
}

TEST(History, PutsTheAttemptsOfACallTogether) {
  Story story;
  story.At(0s, kMake, "a").Answered(503);
  story.At(1s, kMake, "b");
  story.At(2s, kMake, "a");
  story.At(3s, "GET /v1/boxes");
  const History history = story.MakeHistory();
  EXPECT_THAT(Ids(history.calls()),
              ElementsAre(ElementsAre(1u, 3u), ElementsAre(2u), ElementsAre(4u)));
  EXPECT_THAT(Ids(history.places()), ElementsAre(ElementsAre(1u, 2u, 3u), ElementsAre(4u)));
}

TEST(History, TellsCallsApartByAllThatMakesThem) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(0s, kMake, kBox).By(2);
  story.At(0s, kMake, kBox).With("User-Agent", "another/1");
  story.At(0s, "PUT /v1/boxes", kBox);
  story.At(0s, "POST /v1/boxes?color=red", kBox);
  story.At(0s, "POST /v1/lids", kBox);
  story.At(0s, kMake, kBox).exchange().edition = "v2";
  story.At(0s, kMake, kBox).exchange().marks.body = 5;
  const History history = story.MakeHistory();
  EXPECT_EQ(history.calls().size(), 7u) << "the body may choose the edition";
  EXPECT_EQ(history.places().size(), 6u);
}

TEST(History, ComparesBodiesThemselvesWhereNothingIsMarked) {
  Story story;
  story.At(0s, kMake, "a").Unmarked();
  story.At(1s, kMake, "b").Unmarked();
  story.At(2s, kMake, "a").Unmarked();
  EXPECT_THAT(Ids(story.MakeHistory().calls()), ElementsAre(ElementsAre(1u, 3u), ElementsAre(2u)));
}

TEST(History, ThePrefixOfAPathIsNoPartOfThePlace) {
  Story story;
  story.At(0s, "GET /v1/boxes");
  Exchange& other = story.At(1s, "GET /v1/boxes").exchange();
  other.request.path = "/@mine/shop/v1/boxes";
  other.path_start = 11;
  const History history = story.MakeHistory();
  EXPECT_THAT(Ids(history.calls()), ElementsAre(ElementsAre(1u, 2u)));
  EXPECT_EQ(history.entries()[1].path, "/v1/boxes");
}

TEST(History, PutsExchangesInTheOrderInWhichTheyCame) {
  Story story;
  story.At(2s, "GET /v1/boxes");
  story.At(1s, "GET /v1/boxes");
  story.At(1s, "GET /v1/boxes");
  std::vector<std::uint64_t> ids;
  const History history = story.MakeHistory();
  for (const Entry& entry : history.entries()) ids.push_back(entry.id());
  EXPECT_THAT(ids, ElementsAre(2u, 3u, 1u));
}

TEST(History, FindsTheOperationOfItsEdition) {
  const Catalog catalog = LoadedCatalog(
      {{"fixtures/a/v1.yaml", TinyContract("a", "v1", "get", "/x", ", default: true")},
       {"fixtures/a/v2.yaml", TinyContract("a", "v2", "get", "/x")}});
  Story story(catalog);
  story.At(0s, "GET /x");
  story.At(1s, "GET /x").exchange().edition = "v2";
  story.At(2s, "GET /x").exchange().edition = "gone";
  story.At(3s, "GET /x").exchange().operation = "a.gone";
  story.At(4s, "GET /x").exchange().operation = "b.get_it";
  story.At(5s, "GET /elsewhere");
  const History history = story.MakeHistory();
  const auto& entries = history.entries();
  const Vendor& vendor = *catalog.FindVendor("a");
  EXPECT_EQ(entries[0].operation, vendor.FindEdition("v1")->FindOperation("get_it"));
  EXPECT_EQ(entries[1].operation, vendor.FindEdition("v2")->FindOperation("get_it"));
  EXPECT_EQ(entries[2].operation, vendor.FindEdition("v1")->FindOperation("get_it"));
  for (const std::size_t i : {3, 4, 5}) EXPECT_EQ(entries[i].operation, nullptr) << i;
}

TEST(History, KnowsWhatBecameOfARequest) {
  const auto reply = [](const std::function<void(Line)>& tell) {
    Story story;
    tell(story.At(0s, kMake, kBox));
    return story.MakeHistory().entries().front().reply;
  };
  for (const int status : {200, 201, 202, 204, 304}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kSuccess) << status;
  }
  for (const int status : {408, 429, 500, 501, 502, 503, 504}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kFailure) << status;
  }
  for (const int status : {400, 401, 403, 404, 422}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kRefusal) << status;
    EXPECT_EQ(reply([&](Line line) { line.Answered(status).Transient(); }), Reply::kFailure);
  }
  for (const int status : {405, 406, 409, 410, 415}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kOther) << status;
  }
  EXPECT_EQ(reply([](Line line) { line.Answered(404).exchange().outcome.clear(); }), Reply::kOther);
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kTruncate, Fault::kMalformedBody,
                            Fault::kMalformedChunk, Fault::kStall}) {
    EXPECT_EQ(reply([&](Line line) { line.Lost(fault); }), Reply::kLost) << FaultName(fault);
  }
  EXPECT_EQ(reply([](Line line) { line.Lost(Fault::kSlow); }), Reply::kSuccess);
}

TEST(History, AnAnswerGoesOutOnceItsDelayIsOver) {
  Story story;
  story.At(1s, kMake, kBox).After(2s);
  EXPECT_EQ(story.MakeHistory().entries()[0].answered, kMorning + 3s);
  EXPECT_EQ(story.Rate(60).MakeHistory().entries()[0].answered, kMorning + 3s);
  EXPECT_EQ(story.Rate(0).MakeHistory().entries()[0].answered, kMorning + 1s);
}

TEST(History, CountsTheWritesThatHappenedBefore) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(1s, "GET /v1/boxes");
  story.At(2s, kMake, kBox).Answered(400);
  story.At(3s, kMake, kBox).Answered(500).Applied();
  story.At(4s, "DELETE /v1/boxes/a");
  story.At(5s, "GET /v1/boxes");
  std::vector<std::uint64_t> changes;
  const History history = story.MakeHistory();
  for (const Entry& entry : history.entries()) changes.push_back(entry.changes);
  EXPECT_THAT(changes, ElementsAre(0u, 1u, 1u, 1u, 2u, 3u));
}

TEST(History, SeesNoTimeOnlyOnAClockThatStandsStill) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(0s, kMake, kBox);
  story.At(1s, kMake, kBox);
  const History running = story.MakeHistory();
  EXPECT_FALSE(running.NoTimeBetween(running.entries()[0], running.entries()[1]));
  const History still = story.Rate(0).MakeHistory();
  EXPECT_TRUE(still.NoTimeBetween(still.entries()[0], still.entries()[1]));
  EXPECT_FALSE(still.NoTimeBetween(still.entries()[1], still.entries()[2]));
}

// Does the second exchange follow the first, as far as its connections tell?
bool Follows(std::uint64_t first, std::uint64_t second, std::uint64_t third = 0) {
  Story story;
  story.At(0s, kMake, kBox).On(first);
  story.At(1s, kMake, kBox).On(second);
  story.At(2s, "GET /v1/boxes").On(third);
  const History history = story.MakeHistory();
  return history.Follows(history.entries()[0], history.entries()[1]);
}

TEST(History, FollowsOnTheSameConnectionOrOnANewOne) {
  EXPECT_TRUE(Follows(1, 1));
  EXPECT_TRUE(Follows(1, 2));
  EXPECT_TRUE(Follows(1, 1, 1));
  EXPECT_TRUE(Follows(0, 2, 2));
  EXPECT_TRUE(Follows(1, 0, 1));
}

TEST(History, DoesNotFollowOnAnotherConnectionWhileTheFirstGoesOn) {
  EXPECT_FALSE(Follows(1, 2, 1));
}

TEST(History, NothingFollowsBeforeTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).After(2s);
  story.At(1s, kMake, kBox);
  story.At(2s, kMake, kBox);
  const History history = story.MakeHistory();
  const auto& entries = history.entries();
  EXPECT_FALSE(history.Follows(entries[0], entries[1]));
  EXPECT_TRUE(history.Follows(entries[0], entries[2]));
  EXPECT_FALSE(history.Follows(entries[1], entries[0]));
  EXPECT_FALSE(history.Follows(entries[0], entries[0]));
}

}  // namespace
}  // namespace mockduit
