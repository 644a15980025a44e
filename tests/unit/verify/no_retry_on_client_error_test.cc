#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kNoRetryOnClientError = "no-retry-on-client-error";

// Refused, and asked once more after that time.
Story Repeating(int status, Duration after) {
  Story story;
  story.At(0s, kMake, kBox).Answered(status);
  story.At(after, kMake, kBox).Answered(status);
  return story;
}

TEST(NoRetryOnClientError, PassesWhoTakesARefusal) {
  for (const int status : {400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422}) {
    Story story;
    story.At(0s, kMake, kBox).Answered(status);
    EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass") << status;
    EXPECT_EQ(story.Exercised(kNoRetryOnClientError), 1u) << status;
  }
}

TEST(NoRetryOnClientError, FailsWhoAsksTheSameAgain) {
  for (const int status : {400, 401, 403, 404, 422}) {
    EXPECT_EQ(Repeating(status, 1s).Result(kNoRetryOnClientError), "fail") << status;
  }
  const Story story = Repeating(422, 1500ms);
  EXPECT_THAT(story.Findings(kNoRetryOnClientError),
              ElementsAre("POST /v1/boxes was answered 422, and the same request was sent again "
                          "1.50 s later"));
  EXPECT_THAT(story.Shown(kNoRetryOnClientError), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(NoRetryOnClientError, TellsOfManyRepetitionsAtOnce) {
  Story story;
  story.Waits({1s, 2s, 4s}, kMake, kBox, 400);
  EXPECT_THAT(story.Findings(kNoRetryOnClientError),
              ElementsAre("POST /v1/boxes was answered 400, and the same request was sent again "
                          "3 times, first 1 s later"));
  EXPECT_THAT(story.Shown(kNoRetryOnClientError), ElementsAre(ElementsAre(1u, 2u, 3u, 4u)));
}

TEST(NoRetryOnClientError, IsNotExercisedWithoutARefusal) {
  Story story;
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "not_exercised");
  story.At(0s, kMake, kBox);
  story.Waits({1s, 2s}, kMake, kBox, 429);
  story.Waits({1s, 2s}, kMake, kBox, 451, 10s);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "not_exercised");
}

TEST(NoRetryOnClientError, AnotherBodyOrCredentialIsAnotherCall) {
  Story story;
  story.At(0s, kMake, kBox).Answered(422);
  story.At(1s, kMake, R"({"name":"Better"})").Answered(422);
  story.At(2s, kMake, kBox).Answered(401).By(2);
  story.At(3s, kMake, kBox).By(3);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
  EXPECT_EQ(story.Exercised(kNoRetryOnClientError), 3u);
}

TEST(NoRetryOnClientError, AChangeInBetweenIsAReason) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(404);
  EXPECT_THAT(story.VerdictOf(kNoRetryOnClientError).summary,
              ::testing::HasSubstr("was refused and left at that"));
  story.At(1s, kMake, kBox);
  story.At(2s, "GET /v1/boxes/a");
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
  EXPECT_THAT(story.VerdictOf(kNoRetryOnClientError).summary,
              ::testing::HasSubstr("sent again when something else"));
}

TEST(NoRetryOnClientError, AChangeThatDidNotHappenIsNoReason) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(404);
  story.At(1s, kMake, kBox).Answered(400);
  story.At(1s, "GET /v1/boxes");
  story.At(2s, "GET /v1/boxes/a").Answered(404);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "fail");
  EXPECT_THAT(story.Shown(kNoRetryOnClientError), ElementsAre(ElementsAre(1u, 4u)));
}

TEST(NoRetryOnClientError, LongAfterwardsItIsANewCall) {
  EXPECT_EQ(Repeating(404, 30s).Result(kNoRetryOnClientError), "fail");
  EXPECT_EQ(Repeating(404, 30s + 1us).Result(kNoRetryOnClientError), "pass");
  EXPECT_EQ(
      Repeating(404, 5s).Set("no-retry-on-client-error.within=4s").Result(kNoRetryOnClientError),
      "pass");
}

TEST(NoRetryOnClientError, TryingAgainIsRightWhereTheScenarioSaysSo) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(404).Scripted().Transient();
  story.At(1s, "GET /v1/boxes/a");
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "not_exercised");
}

TEST(NoRetryOnClientError, ARefusalThatTheScenarioPlaysCounts) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).Scripted();
  story.At(1s, kMake, kBox);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "fail");
}

TEST(NoRetryOnClientError, WhatTheEmulatorAloneRefusesDoesNotCount) {
  Story story;
  for (const Duration at : {0s, 1s}) {
    story.At(at, "GET /nowhere").Answered(404).exchange().outcome.clear();
  }
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "not_exercised");
}

TEST(NoRetryOnClientError, AnAnswerThatGotLostCannotBeObeyed) {
  Story story;
  story.At(0s, kMake, kBox).Answered(400).Lost();
  story.At(1s, kMake, kBox);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "not_exercised");
}

TEST(NoRetryOnClientError, WhoCameBeforeTheAnswerDidNotRepeat) {
  Story story;
  story.At(0s, kMake, kBox).Answered(400).After(2s);
  story.At(1s, kMake, kBox).Answered(400).After(2s);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
}

TEST(NoRetryOnClientError, AnotherConnectionOfAPoolIsNoExcuse) {
  Story story;
  story.At(0s, kMake, kBox).Answered(400).On(1);
  story.At(1s, kMake, kBox).Answered(400).On(2);
  story.At(2s, "GET /v1/boxes").On(1);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "fail");
}

TEST(NoRetryOnClientError, AFewAtOnceOnNewConnectionsMayBeSeveralCallers) {
  const auto result = [](int times, Duration wait, const char* header = nullptr,
                         const char* value = "") {
    Story story;
    for (int i = 0; i < times; ++i) {
      Line line = story.At(i * wait, kMake, kBox).Answered(403).On(1U + static_cast<unsigned>(i));
      if (header != nullptr) line.With(header, value);
      Wire& wire = *line.exchange().wire;
      wire.request = 1;
      wire.opened = wire.closed = wire.arrived;
    }
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(result(3, 10ms, "X-Mockduit-Call", "the one"), "fail") << "it says that it is one call";
  EXPECT_EQ(result(3, 10ms, "Connection", "close"), "fail") << "it keeps no connection anyway";
  EXPECT_EQ(result(8, 4ms), "inconclusive");
  EXPECT_EQ(result(9, 4ms), "fail");
  EXPECT_EQ(result(8, 10ms), "fail") << "a loop that starts a program each time";
  EXPECT_EQ(result(8, 75ms), "fail");
}

TEST(NoRetryOnClientError, ARefusalThatTellsWhenToComeAgainIsRetryAfterHonouredsBusiness) {
  Story story;
  story.At(0s, kMake, kBox).Answered(413).RetryAfter(1s);
  story.At(1s, kMake, kBox);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
  EXPECT_EQ(story.Result("retry-after-honoured"), "pass");
}

TEST(NoRetryOnClientError, AnotherTokenIsAReason) {
  Story story;
  for (const std::uint64_t token : {2, 3, 4}) story.At(0s, kMake, kBox).Answered(401).By(token);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
}

TEST(NoRetryOnClientError, OnlyAChangeOfWhatItIsAboutIsAReason) {
  const auto after = [](std::string_view write, std::uint64_t caller) {
    Story story;
    story.At(0s, "GET /v1/boxes/a").Answered(404);
    story.At(1s, write, kBox).By(caller);
    story.At(2s, "GET /v1/boxes/a").Answered(404);
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(after("POST /v1/boxes", 1), "pass");
  EXPECT_EQ(after("POST /v1/lids", 1), "fail");
  EXPECT_EQ(after("POST /v1/boxes", 2), "fail");
}

TEST(NoRetryOnClientError, DeletingWhatIsGoneIsNoFault) {
  Story story;
  for (const Duration at : {0s, 1s}) story.At(at, "DELETE /v1/boxes/a").Answered(404);
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "pass");
  Story forbidden;
  for (const Duration at : {0s, 1s}) forbidden.At(at, "DELETE /v1/boxes/a").Answered(403);
  EXPECT_EQ(forbidden.Result(kNoRetryOnClientError), "fail");
}

TEST(NoRetryOnClientError, ASecondLookWhetherItIsGoneIsNoFault) {
  const auto looks = [](int times) {
    Story story;
    story.At(0s, "DELETE /v1/boxes/a");
    for (int i = 1; i <= times; ++i) story.At(i * 1s, "GET /v1/boxes/a").Answered(404);
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(looks(2), "pass");
  EXPECT_EQ(looks(3), "fail");
}

// A client does not know what has become of a create that failed, so it has a reason to look again.
TEST(NoRetryOnClientError, ALookAfterEachFailedCreateIsNoFault) {
  const auto looks = [](std::string_view look, int create) {
    Story story;
    for (const Duration at : {0s, 1s, 3s}) {
      story.At(at, kMake, kBox).Answered(create);
      story.At(at + 10ms, look).Answered(404);
    }
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(looks("GET /v1/boxes/mine", 500), "pass");
  EXPECT_EQ(looks("GET /v1/boxes", 503), "pass");
  EXPECT_EQ(looks("GET /v1/lids", 500), "fail") << "of another kind";
  Story lost;
  for (const Duration at : {0s, 1s}) {
    lost.At(at, kMake, kBox).Lost().exchange().applied = false;
    lost.At(at + 10ms, "GET /v1/boxes/mine").Answered(404);
  }
  EXPECT_EQ(lost.Result(kNoRetryOnClientError), "pass");
  Story refused;
  for (const Duration at : {0s, 1s}) {
    refused.At(at, kMake, kBox).Answered(422);
    refused.At(at + 10ms, "GET /v1/boxes/mine").Answered(404);
  }
  EXPECT_EQ(refused.Result(kNoRetryOnClientError), "fail");
}

// What a header asks for makes another request of the same path and body; one that is new for each
// attempt does not.
TEST(NoRetryOnClientError, LooksAtWhatHeadersAskFor) {
  const auto result = [](int status, const char* header, const char* before, const char* after) {
    Story story;
    Line first = story.At(0s, kMake, kBox).Answered(status);
    if (*before != '\0') first.With(header, before);
    story.At(1s, kMake, kBox).With(header, after);
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(result(415, "Content-Type", "text/plain", "application/json"), "pass");
  EXPECT_EQ(result(406, "Accept", "text/csv", "application/json"), "pass");
  EXPECT_EQ(result(409, "If-Match", "\"1\"", "\"2\""), "pass");
  EXPECT_EQ(result(409, "If-Match", "\"1\"", "\"1\""), "fail");
  EXPECT_EQ(result(403, "X-CSRF-Token", "", "***"), "pass");
  EXPECT_EQ(result(403, "X-Request-Id", "1", "2"), "fail");
  EXPECT_EQ(result(403, "X-Sent-At", "1", "2"), "fail");
}

// Of a refusal that sets a cookie, as balancers of load do with every answer, that cookie shows no
// login.
TEST(NoRetryOnClientError, ALoginBetweenIsAReason) {
  const auto result = [](bool refusal_sets, bool login_sets) {
    Story story;
    Line refused = story.At(0s, kMake, kBox).Answered(403);
    if (refusal_sets) refused.Says("Set-Cookie", "***");
    Line login = story.At(1s, "GET /v1/boxes");
    if (login_sets) login.Says("Set-Cookie", "***");
    story.At(2s, kMake, kBox).WithCookie(7);
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(result(false, true), "pass");
  EXPECT_EQ(result(true, false), "fail");
}

// State files of earlier programs did not tell credentials and bodies apart.
TEST(NoRetryOnClientError, IsInDoubtWhereCallersAreNotToldApart) {
  Story story;
  for (const Duration at : {0s, 1s}) story.At(at, kMake, kBox).Answered(400).Unmarked();
  EXPECT_EQ(story.Result(kNoRetryOnClientError), "inconclusive");
  EXPECT_EQ(story.VerdictOf(kNoRetryOnClientError).findings.front().code,
            "no-retry-on-client-error/from-state-file");
}

TEST(NoRetryOnClientError, NeedsNoTimeToPass) {
  Story story;
  story.Waits({0s, 0s}, kMake, kBox, 400);
  EXPECT_EQ(story.Frozen().Result(kNoRetryOnClientError), "fail");
}

// Some were seen to overlap, and each has a connection of its own: programs that try once each.
TEST(NoRetryOnClientError, ProgramsThatOverlapMayBeRefusedOnceEach) {
  const auto programs = [](bool overlap, bool one_connection) {
    Story story;
    std::uint64_t connection = 0;
    for (const Duration at : {0ms, 20ms, 800ms, 1500ms}) {
      Line line = story.At(at, kMake, kBox).Answered(403);
      if (overlap && at < 100ms) line.After(300ms);
      line.On(one_connection ? 1 : ++connection);
    }
    return story.Result(kNoRetryOnClientError);
  };
  EXPECT_EQ(programs(true, false), "inconclusive");
  EXPECT_EQ(programs(true, true), "fail");
}

}  // namespace
}  // namespace mockduit
