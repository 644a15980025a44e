// How exchanges become entries, calls and places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

using Groups = std::vector<std::vector<std::uint64_t>>;

Groups IdsIn(const std::vector<History::Entries>& groups) {
  Groups ids;
  for (const History::Entries& group : groups) {
    ids.emplace_back();
    for (const Entry* entry : group) ids.back().push_back(entry->id());
  }
  return ids;
}

TEST(History, TellsPlacesApartByAllThatMakesThem) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(0s, kMake, kBox).By(2);
  story.At(0s, kMake, kBox).With("User-Agent", "another/1");
  story.At(0s, "PUT /v1/boxes", kBox);
  story.At(0s, "POST /v1/boxes?color=red", kBox);
  story.At(0s, "POST /v1/lids", kBox);
  story.At(0s, kMake, kBox).exchange().operation = "else.make_box";
  story.At(0s, kMake, kBox).exchange().edition = "v2";
  story.At(0s, kMake, "another body");
  const History history = story.MakeHistory();
  EXPECT_THAT(IdsIn(history.places()),
              ElementsAre(ElementsAre(1u, 8u, 9u), ElementsAre(2u), ElementsAre(3u),
                          ElementsAre(4u), ElementsAre(5u), ElementsAre(6u), ElementsAre(7u)));
}

TEST(History, ThePrefixOfAPathIsNoPartOfThePlace) {
  Story story;
  story.At(0s, "GET /v1/boxes");
  Exchange& other = story.At(1s, "GET /v1/boxes").exchange();
  other.request.path = "/@mine/shop/v1/boxes";
  other.path_start = 11;
  const History history = story.MakeHistory();
  EXPECT_THAT(IdsIn(history.places()), ElementsAre(ElementsAre(1u, 2u)));
  EXPECT_EQ(history.entries()[1].path, "/v1/boxes");
}

TEST(History, TakesAnAgentWithANumberForOneCaller) {
  Story story;
  for (const char* agent : {"sdk/1.0 retry/0", "sdk/1.0 retry/1", "sdk/1.0 retry/12"}) {
    story.At(0s, "GET /v1/boxes").With("User-Agent", agent);
  }
  EXPECT_EQ(story.MakeHistory().places().size(), 1u);
}

TEST(History, TakesATokenForEachAttemptForOneCaller) {
  const auto places = [](const std::vector<std::uint64_t>& credentials) {
    Story story;
    for (const std::uint64_t credential : credentials) {
      story.At(0s, "GET /v1/boxes").By(credential);
    }
    return story.MakeHistory().places().size();
  };
  EXPECT_EQ(places({2, 3, 4}), 1u);
  EXPECT_EQ(places({2, 3}), 2u) << "they may be two";
  EXPECT_EQ(places({2, 2, 3, 3, 4, 4}), 3u);
  EXPECT_EQ(places({1, 1, 2, 3, 4}), 2u);
}

TEST(History, TakesAQueryAsThatOfACall) {
  const auto places = [](const std::vector<std::string>& queries) {
    Story story;
    for (const std::string& query : queries) story.At(0s, "GET /v1/boxes?" + query);
    return story.MakeHistory().places().size();
  };
  EXPECT_EQ(places({"limit=2&color=red", "color=red&limit=2"}), 1u);
  EXPECT_EQ(places({"_=1768471200000", "_=1768471200001", ""}), 1u);
  EXPECT_EQ(places({"color=red&request_id=a", "color=red&request_id=b&attempt=2"}), 1u);
  EXPECT_EQ(places({"color=red", "color=blue"}), 2u);
  EXPECT_EQ(places({"cursor=aa", "cursor=bb"}), 2u);
  EXPECT_EQ(places({"color=red&color=blue", "color=blue&color=red"}), 2u);
  EXPECT_EQ(places({"since=2026-01-15T10:00:00Z", "since=2026-01-15T10:01:00Z"}), 2u);
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
  for (const int status : {400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kRefusal) << status;
    EXPECT_EQ(reply([&](Line line) { line.Answered(status).Transient(); }), Reply::kFailure);
  }
  for (const int status : {402, 407, 411, 418, 451}) {
    EXPECT_EQ(reply([&](Line line) { line.Answered(status); }), Reply::kOther) << status;
  }
  EXPECT_EQ(reply([](Line line) { line.Answered(404).exchange().outcome.clear(); }), Reply::kOther);
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kTruncate, Fault::kMalformedBody,
                            Fault::kMalformedChunk, Fault::kStall}) {
    EXPECT_EQ(reply([&](Line line) { line.Lost(fault); }), Reply::kLost) << FaultName(fault);
  }
  EXPECT_EQ(reply([](Line line) { line.Lost(Fault::kSlow); }), Reply::kSuccess);
  EXPECT_EQ(reply([](Line line) { line.LeftAfter(1s); }), Reply::kLost);
}

Entry OnlyEntryOf(const Story& story) { return story.MakeHistory().entries().front(); }

TEST(History, TakesTimesFromTheWire) {
  Story story;
  Exchange& exchange = story.At(1s, kMake, kBox).After(2s).exchange();
  exchange.at = kMorning + 5h;  // a session's clock that goes otherwise
  exchange.clock.rate = 60;
  EXPECT_EQ(OnlyEntryOf(story).at, kMorning + 1s);
  EXPECT_EQ(OnlyEntryOf(story).answered, kMorning + 3s);
}

TEST(History, CountsWhatTheClockWasMovedByAsWaited) {
  Story story;
  story.At(0s, kMake, kBox).Frozen();
  story.At(1s, kMake, kBox).Frozen(10s);
  const History history = story.MakeHistory();
  EXPECT_EQ(history.entries()[1].at - history.entries()[0].answered, 11s);
}

TEST(History, TakesTheSessionsTimeAndTheScenariosDelayWhereNothingWasSeenOnTheWire) {
  Story story;
  story.At(1s, kMake, kBox).After(2s).exchange().wire.reset();
  EXPECT_EQ(OnlyEntryOf(story).at, kMorning + 1s);
  EXPECT_EQ(OnlyEntryOf(story).answered, kMorning + 3s);
}

TEST(History, AConnectionIsOpenedForItsFirstRequest) {
  Story story;
  Wire& wire = *story.At(1s, kMake, kBox).exchange().wire;
  wire.request = 1;
  wire.opened = kMorning + 960ms;
  EXPECT_EQ(OnlyEntryOf(story).decided, kMorning + 960ms);
  wire.request = 2;
  EXPECT_EQ(OnlyEntryOf(story).decided, kMorning + 1s);
  wire.request = 1;
  wire.opened = kMorning + 900ms;
  EXPECT_EQ(OnlyEntryOf(story).decided, kMorning + 1s) << "it was opened ahead";
}

// Two at once are not both opened ahead: their client needed them, and was slow to write.
TEST(History, ConnectionsThatWaitSideBySideAreOpenedForTheirFirstRequests) {
  const auto decided = [](Duration second_opened, Duration second_came,
                          std::uint64_t second_caller) {
    Story story;
    story.At(200ms, kMake, kBox).OnNew(1, 0ms);
    story.At(second_came, kMake, kBox).OnNew(2, second_opened).By(second_caller);
    const History history = story.MakeHistory();
    return std::pair(history.entries()[0].decided - kMorning,
                     history.entries()[1].decided - kMorning);
  };
  EXPECT_EQ(decided(2ms, 210ms, 1), std::pair(Duration(0ms), Duration(2ms)));
  EXPECT_EQ(decided(180ms, 240ms, 1), std::pair(Duration(0ms), Duration(180ms)));
  EXPECT_EQ(decided(181ms, 241ms, 1), std::pair(Duration(200ms), Duration(241ms)))
      << "one after the other";
  EXPECT_EQ(decided(2ms, 210ms, 2), std::pair(Duration(200ms), Duration(210ms)))
      << "another caller's shows nothing";
  EXPECT_EQ(decided(2ms, 600ms, 1), std::pair(Duration(200ms), Duration(600ms)))
      << "one that is kept for later was opened ahead";
}

// Some clients open one or two ahead once they have lost one.
TEST(History, ConnectionsThatWaitBehindAnEarlierRequestMayHaveBeenOpenedAhead) {
  Story story;
  story.At(0ms, kMake, kBox).Answered(429).On(1);
  story.At(605ms, kMake, kBox).Answered(429).OnNew(3, 484ms);
  story.At(928ms, kMake, kBox).OnNew(2, 469ms);
  const History history = story.MakeHistory();
  EXPECT_EQ(history.entries()[1].decided, kMorning + 605ms);
  EXPECT_EQ(history.entries()[2].decided, kMorning + 928ms);
}

TEST(History, TellsCallersApartByTheirCookiesUnlessAnAnswerSetsOne) {
  const auto are_one = [](bool sets, std::uint64_t cookie) {
    Story story;
    Line first = story.At(0s, kMake, kBox).WithCookie(1);
    if (sets) first.Says("Set-Cookie", "***");
    story.At(1s, kMake, kBox).WithCookie(cookie);
    const History history = story.MakeHistory();
    return history.entries()[0].caller == history.entries()[1].caller;
  };
  EXPECT_TRUE(are_one(false, 1));
  EXPECT_FALSE(are_one(false, 2));
  EXPECT_TRUE(are_one(true, 2)) << "its client was told to change it";
}

TEST(History, OneWithANewCookieForEachAttemptIsOneCaller) {
  Story story;
  for (int i = 0; i < 3; ++i) {
    story.At(i * 1s, kMake, kBox).Answered(503).WithCookie(static_cast<unsigned>(i) + 1);
  }
  const History history = story.MakeHistory();
  EXPECT_EQ(history.entries()[0].caller, history.entries()[2].caller);
}

TEST(History, ReadsTheWaitThatWasTold) {
  const auto told = [](const std::function<void(Line)>& tell) {
    Story story;
    tell(story.At(0s, kMake, kBox).Answered(429).After(500ms));
    return OnlyEntryOf(story).retry_after;
  };
  EXPECT_EQ(told([](Line) {}), std::nullopt);
  EXPECT_EQ(told([](Line line) { line.RetryAfter(120s, 2s); }), 2s) << "in the client's time";
  EXPECT_EQ(told([](Line line) { line.RetryAfter(0s); }), std::nullopt);
  EXPECT_EQ(told([](Line line) { line.RetryAfter(2s).Lost(); }), std::nullopt);
  EXPECT_EQ(told([](Line line) { line.Answered(200).RetryAfter(2s); }), std::nullopt);
  EXPECT_EQ(told([](Line line) { line.Answered(307).RetryAfter(2s); }), 2s);
  const auto date = [](Line line) {
    line.RetryAfter(2s).exchange().retry_after->date = kMorning + 3s;
  };
  EXPECT_EQ(told(date), 2'500ms) << "until the date that was sent";
}

TEST(History, SeesNoTimeOnlyOnAClockThatStandsStill) {
  Story story;
  story.At(0s, kMake, kBox).Frozen();
  story.At(1s, kMake, kBox).Frozen();
  story.At(2s, kMake, kBox).Frozen(1s);
  story.At(3s, kMake, kBox);
  const History history = story.MakeHistory();
  const auto& entries = history.entries();
  EXPECT_TRUE(History::ClockStoodStill(entries[0], entries[1]));
  EXPECT_FALSE(History::ClockStoodStill(entries[1], entries[2]));
  EXPECT_FALSE(History::ClockStoodStill(entries[2], entries[3]));
}

}  // namespace
}  // namespace mockduit
