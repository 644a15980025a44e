#include "verify/calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::SizeIs;

using AttemptIds = std::vector<std::uint64_t>;
using CallIds = std::vector<AttemptIds>;

// The attempts of each call by the likeliest reading, and how many readings there are.
struct Told {
  CallIds calls;
  std::size_t readings = 0;  // of the requests that have most
};

Told CallsIn(const Story& story) {
  const History history = story.MakeHistory();
  Told told;
  for (const LikeRequests& group : CallsOf(history).groups()) {
    told.readings = std::max(told.readings, group.readings.size());
    for (const ClientCall& call : group.readings.front()) {
      told.calls.emplace_back();
      for (const Entry* attempt : call.attempts) told.calls.back().push_back(attempt->id());
    }
  }
  return told;
}

TEST(Calls, GoOnUntilTheySucceed) {
  Story story;
  story.Each({0s, 1s}, kMake, kBox, 503);
  story.At(2s, kMake, kBox);
  story.At(3s, kMake, kBox).Answered(429);
  story.At(4s, kMake, kBox).Answered(400);
  story.At(5s, kMake, "another");
  const Told told = CallsIn(story);
  EXPECT_THAT(told.calls,
              ElementsAre(ElementsAre(1u, 2u, 3u), ElementsAre(4u, 5u), ElementsAre(6u)));
  EXPECT_EQ(told.readings, 1u);
}

TEST(Calls, EndWithASilence) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503);
  story.At(10min, kMake, kBox).Answered(503);
  story.At(20min + 1us, kMake, kBox).Answered(429).RetryAfter(1h);
  story.At(20min + 2h + 10min + 1us, kMake, kBox).Answered(503);
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 2u), ElementsAre(3u, 4u)));
}

TEST(Calls, PartAtEachRefusal) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503);
  story.At(1s, kMake, kBox).Answered(400);
  story.At(2s, kMake, kBox).Answered(503);
  const History history = story.MakeHistory();
  const auto& calls = CallsOf(history).groups().front().readings.front();
  ASSERT_THAT(calls, SizeIs(1));
  EXPECT_THAT(Tries(calls.front()), SizeIs(2));
  EXPECT_EQ(calls.front().WaitAfter(0), 1s);
}

// --- likeness -----------------------------------------------------------------------------------

TEST(Calls, HoldARetryWhoseBodyWasSpoilt) {
  Story story;
  story.At(0s, kMake, R"({"name":"Spares","kind":"box"})").Answered(503);
  story.At(1s, kMake, R"({"name":"Spares"})").Answered(503);
  story.At(2s, kMake, "");
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 2u, 3u)));
}

TEST(Calls, HoldNoOtherBodyAfterASuccess) {
  Story story;
  story.At(0s, kMake, R"({"name":"Spares","kind":"box"})");
  story.At(1s, kMake, R"({"name":"Spares"})");
  EXPECT_THAT(CallsIn(story).calls, SizeIs(2));
}

TEST(Calls, LookOverIdsAndTimesThatAreMadeForEachAttempt) {
  Story story;
  story.At(0s, kMake, R"({"name":"a","request_id":"1"})").Answered(503);
  story.At(1s, kMake, R"({"name":"a","request_id":"2"})");
  EXPECT_THAT(CallsIn(story).calls, SizeIs(1));
}

// --- connections and overlaps -------------------------------------------------------------------

TEST(Calls, ThatHopOverAPoolsConnectionsAreOneCallers) {
  Story story;
  for (int i = 0; i < 4; ++i) story.At(i * 1s, kMake, kBox).Answered(503).On(1 + i % 3);
  const Told told = CallsIn(story);
  EXPECT_THAT(told.calls, ElementsAre(ElementsAre(1u, 2u, 3u, 4u)));
  EXPECT_EQ(told.readings, 1u);
}

TEST(Calls, ThatOverlapAreSeveral) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).After(10ms).On(1);
  story.At(5ms, kMake, kBox).Answered(403).After(10ms).On(2);
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u), ElementsAre(2u)));
}

// One of two callers, or a third that had to wait for its turn.
TEST(Calls, HaveSeveralReadingsWhereOneCameRightAfterAnOverlap) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).After(10ms).On(1);
  story.At(5ms, kMake, kBox).Answered(403).After(10ms).On(2);
  story.At(16ms, kMake, kBox).Answered(403).On(1);
  EXPECT_THAT(CallsIn(story).readings, Gt(1u));
}

// Whoever comes when nothing has been under way for long has waited.
TEST(Calls, GoOnAfterAPauseForAll) {
  Story story;
  for (const Duration begin : {0ms, 1'000ms}) {
    story.At(begin, kMake, kBox).Answered(503).After(10ms).On(1);
    story.At(begin + 5ms, kMake, kBox).Answered(503).After(10ms).On(2);
  }
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 3u), ElementsAre(2u, 4u)));
}

// A client opens no connection where one is idle, unless it had decided to before.
TEST(Calls, MayHaveOverlappedWhereAConnectionWasOpenedBesideAnIdleOne) {
  const auto readings = [](Duration opened, Duration closed) {
    Story story;
    story.At(0s, kMake, kBox).Answered(403).On(1).exchange().wire->closed =
        closed == 0s ? Time{} : kMorning + closed;
    Wire& second = *story.At(8ms, kMake, kBox).Answered(403).On(2).exchange().wire;
    second.request = 1;
    second.opened = kMorning + opened;
    story.At(1s, kMake, kBox).On(2).exchange().wire->opened = second.opened;  // two may be a pair
    return CallsIn(story).readings;
  };
  EXPECT_EQ(readings(4ms, 0s), 2u);
  EXPECT_EQ(readings(4ms, 1s), 2u);
  EXPECT_EQ(readings(4ms, 2ms), 1u) << "the first was closed";
}

TEST(Calls, OverlapWhereAConnectionWasOpenedBeforeTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).After(10ms).On(1);
  Wire& second = *story.At(12ms, kMake, kBox).Answered(403).On(2).exchange().wire;
  second.request = 1;
  second.opened = kMorning + 5ms;
  EXPECT_THAT(CallsIn(story).calls, SizeIs(2));
  EXPECT_EQ(CallsIn(story).readings, 1u);
}

TEST(Calls, TwoAtOnceMayBeTwoCallers) {
  const auto readings = [](Duration wait) {
    Story story;
    story.Waits({wait}, kMake, kBox, 403);
    return CallsIn(story).readings;
  };
  EXPECT_EQ(readings(74ms), 2u);
  EXPECT_EQ(readings(75ms), 1u);
}

TEST(Calls, AConnectionThatItsClientWantedClosedIsNotIdle) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).On(1).With("Connection", "close");
  Wire& second = *story.At(8ms, kMake, kBox).Answered(403).On(2).exchange().wire;
  second.request = 1;
  second.opened = kMorning + 4ms;
  story.At(1s, kMake, kBox).On(2);
  EXPECT_EQ(CallsIn(story).readings, 1u);
}

TEST(Calls, MayBeTwoCallersWithAConnectionEach) {
  Story story;
  for (const Duration at : {0s, 1s}) {
    story.At(at, kMake, kBox).Answered(503).On(1);
    story.At(at + 500ms, kMake, kBox).Answered(503).On(2);
  }
  EXPECT_EQ(CallsIn(story).readings, 2u);
}

TEST(Calls, MayBeTwoCallersWhoBothWaitedAsTheyWereTold) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(1s);
  story.At(300ms, kMake, kBox).Answered(429).RetryAfter(1s);
  story.At(1'050ms, kMake, kBox);
  EXPECT_EQ(CallsIn(story).readings, 1u) << "the second never came through";
  story.At(1'350ms, kMake, kBox);
  EXPECT_EQ(CallsIn(story).readings, 2u);
}

// Some clients go on as soon as they have the status; another caller may have come meanwhile.
TEST(Calls, MayGoOnWhileABodyStillComes) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Lost(Fault::kSlow).LeftAfter(0s).exchange().abandoned =
      false;
  story.EachExchange([](Exchange& exchange) { exchange.wire->ended = kMorning + 2s; });
  story.At(1s, kMake, kBox);
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 2u)));
  EXPECT_EQ(CallsIn(story).readings, 2u);
}

// Two at once, and one a second later, who all wait as they are told.
TEST(Calls, MayBeThreeCallersOfWhomTwoOverlapped) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s).After(5ms).On(1);
  story.At(2ms, kMake, kBox).Answered(429).RetryAfter(2s).After(5ms).On(2);
  story.At(1s, kMake, kBox).Answered(429).RetryAfter(2s).On(3);
  story.At(2'010ms, kMake, kBox).On(1);
  story.At(2'011ms, kMake, kBox).On(2);
  story.At(3'005ms, kMake, kBox).On(3);
  EXPECT_EQ(story.Result("retry-after-honoured"), "inconclusive");
}

// A second lies between for whoever goes by the session's clock.
TEST(Calls, DoNotOverlapWhereTheClockWasMovedBetween) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).On(1).Frozen();
  Wire& second = *story.At(2ms, kMake, kBox).Answered(429).On(2).Frozen(1s).exchange().wire;
  second.request = 1;
  second.opened = kMorning + 1ms;
  EXPECT_EQ(CallsIn(story).readings, 1u);
}

// That a client has left is seen a little after it has come again.
TEST(Calls, MayGoOnThoughTheirLeavingWasSeenLate) {
  Story story;
  story.At(0s, kMake, kBox).LeftAfter(60ms).On(1);
  Wire& second = *story.At(62ms, kMake, kBox).On(2).exchange().wire;
  second.request = 1;
  second.opened = kMorning + 55ms;
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 2u)));
  EXPECT_EQ(CallsIn(story).readings, 2u);
}

// --- identity -----------------------------------------------------------------------------------

// Two calls at once, each tried twice, told apart by that header.
Story TwoCalls(std::string name, const std::vector<std::string>& values) {
  Story story;
  for (std::size_t i = 0; i < values.size(); ++i) {
    story.At(Duration(i * 10'000), kMake, kBox).Answered(503).After(15ms).With(name, values[i]);
  }
  return story;
}

TEST(Calls, AreWhatTheClientSaysTheyAre) {
  for (const char* name : {"X-Mockduit-Call", "Idempotency-Key", "X-Request-Id"}) {
    const Told told = CallsIn(TwoCalls(name, {"a", "b", "a", "b"}));
    EXPECT_THAT(told.calls, ElementsAre(ElementsAre(1u, 3u), ElementsAre(2u, 4u))) << name;
    EXPECT_EQ(told.readings, 1u) << name;
  }
}

TEST(Calls, AreToldApartByOurHeaderThoughNoValueComesTwice) {
  Story story;
  for (const char* call : {"1", "2"}) {
    story.At(0s, kMake, kBox).Answered(403).With("X-Mockduit-Call", call);
  }
  EXPECT_THAT(CallsIn(story).calls, SizeIs(2));
}

TEST(Calls, GoByTheTraceNotByTheSpan) {
  const Told told = CallsIn(
      TwoCalls("traceparent", {"00-t1-s1-01", "00-t2-s2-01", "00-t1-s3-01", "00-t2-s4-01"}));
  EXPECT_THAT(told.calls, ElementsAre(ElementsAre(1u, 3u), ElementsAre(2u, 4u)));
}

TEST(Calls, LookOverAnIdentityThatIsMadeForEachAttempt) {
  Story story;
  for (int i = 0; i < 3; ++i) {
    story.At(i * 1s, kMake, kBox).Answered(503).With("X-Request-Id", std::to_string(i));
  }
  EXPECT_THAT(CallsIn(story).calls, SizeIs(1));
}

TEST(Calls, BeginWhereTheClientCountsFromZero) {
  Story story;
  for (const char* count : {"0", "1", "0", "1"}) {
    story.At(1s * static_cast<int>(story.exchanges().size()), kMake, kBox)
        .Answered(503)
        .With("x-stainless-retry-count", count);
  }
  EXPECT_THAT(CallsIn(story).calls, ElementsAre(ElementsAre(1u, 2u), ElementsAre(3u, 4u)));
}

// Three tenants with a key each, or one that has a new token for each attempt.
TEST(Calls, MayBeSeveralCallersWithACredentialEach) {
  Story story;
  for (const std::uint64_t credential : {2, 3, 4}) {
    story.At(200ms * static_cast<int>(credential), kMake, kBox)
        .Answered(429)
        .RetryAfter(2s)
        .By(credential);
  }
  EXPECT_EQ(story.Result("retry-after-honoured"), "inconclusive");
}

// --- judging ------------------------------------------------------------------------------------

TEST(Calls, AFaultByOneReadingIsADoubt) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).After(10ms).On(1);
  story.At(5ms, kMake, kBox).Answered(403).After(10ms).On(2);
  story.At(16ms, kMake, kBox).Answered(403).On(1);
  const Verdict verdict = story.VerdictOf("no-retry-on-client-error");
  EXPECT_EQ(verdict.result, Verdict::Result::kInconclusive);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_EQ(verdict.findings[0].code, "no-retry-on-client-error/one-or-two-callers");
  EXPECT_THAT(verdict.findings[0].text, ::testing::HasSubstr("X-Mockduit-Call"));
}

// A new name for each attempt, or a thing each.
TEST(Calls, NewNamesAfterFailuresAreADoubt) {
  Story story;
  story.At(0s, kMake, R"({"name":"src-8d1f"})").Answered(429).RetryAfter(1s).Passing();
  story.At(10ms, kMake, R"({"name":"src-77b0"})");
  EXPECT_EQ(story.Result("retry-after-honoured"), "inconclusive");
  EXPECT_EQ(story.Result("recovers"), "inconclusive");
  EXPECT_EQ(story.Result("retry-same-body"), "inconclusive");
}

TEST(Calls, ManyNewNamesAreThingsOfAList) {
  Story story;
  for (int i = 0; i < 65; ++i) {
    const std::string body = R"({"name":"src-)" + std::to_string(100'000 + i * 5'003) + "\"}";
    story.At(i * 1ms, kMake, body).Answered(503);
  }
  EXPECT_EQ(story.Result("retry-same-body"), "not_exercised");
}

TEST(Calls, WhoSendsANameAgainNamesThingsAndNoAttempts) {
  Story story;
  for (const char* name : {"src-8d1f", "src-8d1f", "src-77b0"}) {
    const std::string body = R"({"name":")" + std::string(name) + "\"}";
    story.At(story.exchanges().size() * 2s, kMake, body).Answered(503);
  }
  EXPECT_EQ(story.Result("retry-same-body"), "pass");
}

TEST(Calls, AnIdentityJoinsWhatDiffers) {
  for (const char* header : {"X-Mockduit-Call", "Idempotency-Key"}) {
    Story story;
    story.At(0s, kMake, R"({"name":"src-8d1f"})")
        .Answered(429)
        .RetryAfter(1s)
        .Passing()
        .With(header, "call-1");
    story.At(10ms, kMake, R"({"name":"src-77b0"})").With(header, "call-1");
    EXPECT_EQ(story.Result("retry-after-honoured"), "fail") << header;
    EXPECT_EQ(story.Result("recovers"), "pass") << header;
    EXPECT_EQ(story.Result("retry-same-body"), "fail") << header;
  }
}

TEST(Calls, AKeyOfSeveralCallsJoinsNothing) {
  Story story;
  story.At(0s, kMake, R"({"name":"Spares"})").Answered(503).With("Idempotency-Key", "one");
  story.At(1s, kMake, R"({"name":"Others"})").Answered(503).With("Idempotency-Key", "one");
  EXPECT_EQ(story.Result("retry-same-body"), "not_exercised");
}

// One that went on only with what came through at once would pass it.
TEST(Calls, ABodyThatWasSpoiltBeginsNoCall) {
  Story story;
  story.At(0ms, kMake, kBox).Answered(500).On(1);
  for (std::uint64_t other = 2; other < 5; ++other) story.At(1ms, kMake, kBox).On(other);
  story.At(60ms, kMake, "").Answered(400).On(1);
  EXPECT_EQ(story.Result("retry-same-body"), "inconclusive");
}

}  // namespace
}  // namespace mockduit
