// How exchanges become entries, calls, places and runs, and when two bodies are the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/runs.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kMake = "POST /v1/boxes";
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

// "same", "exact" or "" for what Compare says of two bodies.
std::string HowAlike(std::string_view first, std::string_view second) {
  Story story;
  story.At(0s, kMake, first);
  story.At(1s, kMake, second);
  const History history = story.MakeHistory();
  const auto found = Compare(history.entries()[0], history.entries()[1]);
  return found.exact ? "exact" : found.same ? "same" : "";
}

TEST(Likeness, IsExactForTheSameBytesAndTheSameJson) {
  EXPECT_EQ(HowAlike("", ""), "exact");
  EXPECT_EQ(HowAlike("text", "text"), "exact");
  EXPECT_EQ(HowAlike(R"({"a":1,"b":[1.0]})", R"({ "b": [1], "a": 1 })"), "exact");
}

TEST(Likeness, LooksOverWhatAnAttemptMakesAnew) {
  for (const char* name : {"idempotency_key", "Idempotency-Key", "request_id", "requestId",
                           "client_nonce", "attempt", "trace_id", "correlationId"}) {
    const std::string begin = R"({"a":1,"deep":{")" + std::string(name) + "\":";
    EXPECT_EQ(HowAlike(begin + "\"x\"}}", begin + "\"y\"}}"), "same") << name;
    EXPECT_EQ(HowAlike(begin + "1}}", begin + "2}}"), "same") << name;
  }
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15T10:00:00.5Z"})", R"({"at":"2026-01-15T10:00:02+00:00"})"),
            "same");
}

TEST(Likeness, IsNoneWhereAnythingElseDiffers) {
  EXPECT_EQ(HowAlike(R"({"a":1})", R"({"a":2})"), "");
  EXPECT_EQ(HowAlike(R"({"a":1})", R"({"a":1,"b":2})"), "");
  EXPECT_EQ(HowAlike(R"({"a":1,"b":2})", R"({"a":1,"c":2})"), "");
  EXPECT_EQ(HowAlike(R"({"request_id":"x","a":1})", R"({"request_id":"y","a":2})"), "");
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15"})", R"({"at":"2026-01-16"})"), "");
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15T10:00:00Z"})", R"({"at":null})"), "");
  EXPECT_EQ(HowAlike("[1]", "[2]"), "");
  EXPECT_EQ(HowAlike("text", "other"), "");
  EXPECT_EQ(HowAlike("{}", ""), "");
}

TEST(Likeness, WhatIsLeftWithoutSecretsDoesNotMakeBodiesTheSame) {
  Story story;
  const std::string_view redacted = R"({"name":"a","password":"[redacted]"})";
  story.At(0s, kMake, redacted).exchange().marks.body = 1;
  story.At(1s, kMake, redacted).exchange().marks.body = 2;
  story.At(2s, kMake, redacted).exchange().marks.body = 1;
  const History history = story.MakeHistory();
  const auto& entries = history.entries();
  EXPECT_FALSE(Compare(entries[0], entries[1]).same);
  EXPECT_TRUE(Compare(entries[0], entries[2]).exact);
}

Groups RunsIn(const Story& story) {
  const History history = story.MakeHistory();
  std::vector<History::Entries> runs;
  for (const auto& run : RunsOf(history)) runs.push_back(run.attempts);
  return Ids(runs);
}

TEST(Runs, BeginWithAFailureAndEndWithWhatIsNone) {
  Story story;
  story.At(0s, kMake, kBox);
  story.Waits({1s, 1s}, kMake, kBox, 503, 1s);
  story.At(4s, kMake, kBox);
  story.At(5s, kMake, kBox).Answered(429);
  story.At(6s, kMake, kBox).Answered(400);
  story.At(7s, kMake, kBox).Lost();
  EXPECT_THAT(RunsIn(story),
              ElementsAre(ElementsAre(2u, 3u, 4u, 5u), ElementsAre(6u, 7u), ElementsAre(8u)));
  const History history = story.MakeHistory();
  const auto runs = RunsOf(history);
  EXPECT_EQ(runs[0].failures(), 3u);
  EXPECT_EQ(runs[2].failures(), 1u);
  EXPECT_EQ(runs[0].WaitAfter(2), 1s);
}

TEST(Runs, AreNoneWhereNothingFails) {
  Story story;
  story.Waits({1s, 1s}, kMake, kBox, 200);
  EXPECT_THAT(RunsIn(story), IsEmpty());
}

TEST(Runs, EndWithASilence) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503);
  story.At(10min, kMake, kBox).Answered(503);
  story.At(20min + 1us, kMake, kBox).Answered(429).RetryAfter(1h);
  story.At(20min + 2h + 10min + 1us, kMake, kBox).Answered(503).After(1min);
  story.At(2h + 41min + 1us, kMake, kBox).Answered(503);
  EXPECT_THAT(RunsIn(story), ElementsAre(ElementsAre(1u, 2u), ElementsAre(3u, 4u, 5u)));
}

TEST(Runs, AWaitBeforeTheAnswerIsNone) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).After(5s).exchange().abandoned = true;
  story.At(1s, kMake, kBox).Answered(503);
  const History history = story.MakeHistory();
  ASSERT_EQ(RunsOf(history).size(), 1u);
  EXPECT_EQ(RunsOf(history).front().WaitAfter(0), 0s);
}

}  // namespace
}  // namespace mockduit
