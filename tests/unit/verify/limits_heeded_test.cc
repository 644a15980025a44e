#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kLimitsHeeded = "limits-heeded";

// A 429 that tells to wait 2 s, and another call of that credential.
std::string After(Duration wait, int status, std::uint64_t credential = 1) {
  Story story;
  story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
  story.At(wait, "GET /v1/lids").Answered(status).By(credential);
  return story.Result(kLimitsHeeded);
}

TEST(LimitsHeeded, FailsAnotherCallThatIsRefusedForTheSameReason) {
  Story story;
  story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
  story.At(10ms, "GET /v1/lids").Answered(429).RetryAfter(2s);
  EXPECT_THAT(
      story.Findings(kLimitsHeeded),
      ElementsAre("GET /v1/lids was sent 10 ms after 429 to GET /v1/boxes, which left no room "
                  "for 2 s"));
  EXPECT_THAT(story.Shown(kLimitsHeeded), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(LimitsHeeded, PassesWhoWaitsUntilThereIsRoom) {
  EXPECT_EQ(After(2s, 200), "pass");
  EXPECT_EQ(After(1'800ms, 200), "pass") << "a tenth may be missing";
  EXPECT_EQ(After(1'799ms, 429), "fail");
}

TEST(LimitsHeeded, IsNotExercisedByAnotherLimit) {
  EXPECT_EQ(After(10ms, 200), "not_exercised") << "this call had a limit of its own";
  EXPECT_EQ(After(10ms, 429, 2), "not_exercised") << "so has another credential";
}

TEST(LimitsHeeded, LeavesTheNextAttemptToRetryAfterHonoured) {
  Story story;
  story.Each({0s}, kMake, kBox, 429);
  story.EachExchange([](Exchange& exchange) { exchange.retry_after = {2s, 2s}; });
  story.At(10ms, kMake, kBox).Answered(429).RetryAfter(2s);
  EXPECT_EQ(story.Result(kLimitsHeeded), "not_exercised");
}

TEST(LimitsHeeded, WhatWasUnderWayIsNoReaction) {
  Story story;
  story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s).After(50ms);
  story.At(10ms, "GET /v1/lids").Answered(429).RetryAfter(2s);
  EXPECT_EQ(story.Result(kLimitsHeeded), "not_exercised");
}

// On another connection it may have been on its way when the answer came.
TEST(LimitsHeeded, LetsGoWhatMayHaveBeenOnItsWay) {
  const auto result = [](Duration wait, std::uint64_t connection) {
    Story story;
    story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s).On(1);
    story.At(wait, "GET /v1/lids").Answered(429).RetryAfter(2s).On(connection);
    return story.Result(kLimitsHeeded);
  };
  EXPECT_EQ(result(1ms, 1), "fail");
  EXPECT_EQ(result(74ms, 2), "not_exercised");
  EXPECT_EQ(result(75ms, 2), "fail");
  Story closing;
  closing.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s).On(1).With("Connection", "close");
  closing.At(5ms, "GET /v1/lids").Answered(429).RetryAfter(2s).On(2).With("Connection", "close");
  EXPECT_EQ(closing.Result(kLimitsHeeded), "fail");
}

TEST(LimitsHeeded, HoldsAnEqualCallWhereOnlyResetTells) {
  Story story;
  story.At(0s, "GET /v1/boxes")
      .Answered(429)
      .Says("X-RateLimit-Remaining", "0")
      .Says("X-RateLimit-Reset", "30");
  story.At(10ms, "GET /v1/boxes").Answered(429);
  EXPECT_EQ(story.Result(kLimitsHeeded), "fail");
}

// The answer that used up the limit says so, and when there is room again.
TEST(LimitsHeeded, GoesByWhatIsLeft) {
  const auto result = [](Duration wait, const char* left, const char* reset) {
    Story story;
    story.At(0s, "GET /v1/boxes").Says("RateLimit-Remaining", left).Says("RateLimit-Reset", reset);
    story.At(wait, "GET /v1/lids");
    return story.Result(kLimitsHeeded);
  };
  EXPECT_EQ(result(10ms, "0", "2"), "fail") << "although it was answered";
  EXPECT_EQ(result(2s, "0", "2"), "pass");
  EXPECT_EQ(result(10ms, "1", "2"), "not_exercised");
  const std::string at = std::to_string(
      std::chrono::floor<std::chrono::seconds>(kMorning + 2s).time_since_epoch().count());
  EXPECT_EQ(result(10ms, "0", at.c_str()), "fail") << "Unix seconds";
  EXPECT_EQ(result(2s, "0", at.c_str()), "pass");
}

TEST(LimitsHeeded, CannotBeToldOnAClockThatStandsStill) {
  Story story;
  story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
  story.At(0s, "GET /v1/lids").Answered(429).RetryAfter(2s);
  EXPECT_EQ(story.Frozen().Result(kLimitsHeeded), "inconclusive");
  EXPECT_THAT(story.Findings(kLimitsHeeded), ElementsAre(HasSubstr("clock stood still")));
}

// Four calls on connections of their own, refused at the start, that come back in rounds: each one
// `apart` after the one before, each after it has waited 2 s and as long as `late` says.
struct Herd {
  Duration apart = 5ms;
  Duration late = 1ms;
  std::vector<int> statuses = {429, 429};  // of the rounds
  int served = 0;                          // of each round, whatever its status
  bool equal = false;
  bool frozen = false;

  Story Tell() const {
    Story story;
    for (std::size_t round = 0; round <= statuses.size(); ++round) {
      for (int call = 0; call < 4; ++call) {
        const Duration at = round * (2s + late) + call * apart;
        const std::string path = "GET /v1/boxes/" + std::to_string(equal ? 0 : call);
        const bool refused = round == 0 || (statuses[round - 1] == 429 && call >= served);
        Line line = story.At(at, path).Answered(refused ? 429 : 200);
        line.On(static_cast<std::uint64_t>(call) + 1);
        if (refused) line.RetryAfter(2s);
        if (frozen) line.Frozen();
      }
    }
    return story;
  }
  std::string Result() const { return Tell().Result(kLimitsHeeded); }
};

TEST(LimitsHeeded, FailsAHerdThatReturnsInOneInstantTwice) {
  const Story story = Herd().Tell();
  EXPECT_THAT(story.Findings(kLimitsHeeded),
              ElementsAre("GET /v1/boxes/0 and 3 other requests came back within 15 ms when the "
                          "2 s that 429 had told were over, as they had before, and 4 of 4 were "
                          "refused again"));
  EXPECT_THAT(story.Shown(kLimitsHeeded),
              ElementsAre(ElementsAre(5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u)));
  EXPECT_EQ(story.VerdictOf(kLimitsHeeded).findings.front().code, "limits-heeded/herd");
}

// That each waits as long as it was told is all that a client was asked for.
TEST(LimitsHeeded, PassesAHerdThatIsLetIn) {
  EXPECT_EQ(Herd{.statuses = {200}}.Result(), "pass");
  EXPECT_EQ((Herd{.statuses = {429, 200}}.Result()), "pass");
  EXPECT_EQ((Herd{.statuses = {429}}.Result()), "pass") << "it could not know the first time";
  EXPECT_EQ(Herd{.served = 1}.Result(), "pass") << "three are no herd any more";
}

TEST(LimitsHeeded, PassesWhoComesBackSpread) {
  EXPECT_EQ(Herd{.apart = 33ms}.Result(), "fail");
  EXPECT_EQ(Herd{.apart = 34ms}.Result(), "pass");
  EXPECT_EQ(Herd{.late = 100ms}.Result(), "fail");
  EXPECT_EQ(Herd{.late = 101ms}.Result(), "pass") << "after a wait of its own";
  EXPECT_EQ(Herd{.apart = 33ms}.Tell().Set("limits-heeded.instant=98ms").Result(kLimitsHeeded),
            "pass");
}

TEST(LimitsHeeded, IsSilentOnAHerdThatMayBeAnotherThing) {
  EXPECT_EQ(Herd{.equal = true}.Result(), "pass") << "calls that cannot be told apart";
  EXPECT_EQ(Herd{.frozen = true}.Result(), "pass") << "an advance moves all of them at once";
}

}  // namespace
}  // namespace mockduit
