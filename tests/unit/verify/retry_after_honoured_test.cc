#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kRetryAfterHonoured = "retry-after-honoured";

// A 429 that told to wait, and one more attempt after each of these waits, told the same; the last
// attempt succeeds.
Story Waiting(Duration told, const std::vector<Duration>& waits) {
  Story story;
  Duration at{};
  story.At(at, kMake, kBox).Answered(429).RetryAfter(told);
  for (std::size_t i = 0; i < waits.size(); ++i) {
    Line attempt = story.At(at += waits[i], kMake, kBox);
    if (i + 1 < waits.size()) attempt.Answered(429).RetryAfter(told);
  }
  return story;
}

TEST(RetryAfterHonoured, PassesWhoWaitsAsLong) {
  const Story story = Waiting(3s, {3s});
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(story.Exercised(kRetryAfterHonoured), 1u);
  EXPECT_EQ(Waiting(3s, {3s, 4s, 3200ms}).Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(Waiting(3s, {3s, 4s, 3200ms}).Exercised(kRetryAfterHonoured), 3u);
}

TEST(RetryAfterHonoured, FailsWhoDoesNotWait) {
  const Story story = Waiting(3s, {1s});
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
  EXPECT_THAT(story.Findings(kRetryAfterHonoured),
              ElementsAre("POST /v1/boxes was tried again 1 s after 429 with Retry-After 3 s"));
  EXPECT_THAT(story.Shown(kRetryAfterHonoured), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(RetryAfterHonoured, ReportsOnlyTheAttemptThatCameTooSoon) {
  const Story story = Waiting(3s, {1s, 3s});
  EXPECT_THAT(story.Shown(kRetryAfterHonoured), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(RetryAfterHonoured, FailsWhoTriesAgainAtOnce) {
  EXPECT_EQ(Waiting(3s, {0s, 0s}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(3s, {1ms, 1ms}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(3s, {1ms}).Result(kRetryAfterHonoured), "inconclusive") << "or two callers";
}

TEST(RetryAfterHonoured, IsNotExercisedWhereNothingIsTold) {
  Story story;
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
  story.Waits({1s, 2s}, kMake, kBox, 429);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
}

TEST(RetryAfterHonoured, IsNotExercisedWhereNobodyTriesAgain) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(1s, kMake, R"({"name":"Another"})");
  story.At(1s, "GET /v1/boxes");
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
}

TEST(RetryAfterHonoured, LetsATenthOfALongWaitBeMissing) {
  EXPECT_EQ(Waiting(3s, {2700ms}).Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(Waiting(3s, {2700ms - 1us}).Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, LetsFiftyMillisecondsOfAShortWaitBeMissing) {
  EXPECT_EQ(Waiting(200ms, {150ms}).Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(Waiting(200ms, {150ms - 1us}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(40ms, {0s}).Result(kRetryAfterHonoured), "pass");
}

TEST(RetryAfterHonoured, TakesItsTolerancesFromTheSettings) {
  EXPECT_EQ(
      Waiting(3s, {1500ms}).Set("retry-after-honoured.tolerance=50%").Result(kRetryAfterHonoured),
      "pass");
  EXPECT_EQ(
      Waiting(3s, {1499ms}).Set("retry-after-honoured.tolerance=50%").Result(kRetryAfterHonoured),
      "fail");
  EXPECT_EQ(Waiting(3s, {2s}).Set("retry-after-honoured.grace=1s").Result(kRetryAfterHonoured),
            "pass");
  EXPECT_EQ(Waiting(3s, {2999ms})
                .Set("retry-after-honoured.tolerance=0%")
                .Set("retry-after-honoured.grace=0ms")
                .Result(kRetryAfterHonoured),
            "fail");
}

TEST(RetryAfterHonoured, CountsFromTheAnswerNotFromTheRequest) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).After(2s);
  story.At(4s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
  EXPECT_THAT(story.Findings(kRetryAfterHonoured).at(0), HasSubstr("again 2 s after 429"));
}

TEST(RetryAfterHonoured, HoldsAWaitThatBeginsWhenTheAnswerHasEnded) {
  Story slow;
  slow.At(0s, kMake, kBox).Answered(429).RetryAfter(1s).After(1'900ms);
  slow.At(2s, kMake, kBox);
  EXPECT_EQ(slow.Result(kRetryAfterHonoured), "fail");
  EXPECT_THAT(slow.Findings(kRetryAfterHonoured).at(0), HasSubstr("100 ms after 429"));
}

TEST(RetryAfterHonoured, HoldsARedirectToo) {
  const auto result = [](Duration wait, std::string location,
                         std::string_view next = "POST /v1/lids") {
    Story story;
    story.At(0s, kMake, kBox).Answered(307).RetryAfter(3s).exchange().response.headers = {
        {"Location", std::move(location)}};
    story.At(wait, next, kBox);
    return story.Result(kRetryAfterHonoured);
  };
  EXPECT_EQ(result(10ms, "/v1/lids"), "fail");
  EXPECT_EQ(result(10ms, "https://shop.example/@s/v1/lids"), "fail");
  EXPECT_EQ(result(10ms, "/v1/lids?x=1", "POST /v1/lids?x=1"), "fail");
  EXPECT_EQ(result(10ms, "/v1/lids?x=1", "POST /v1/lids?x=2"), "not_exercised");
  EXPECT_EQ(result(3s, "/v1/lids"), "pass");
  EXPECT_EQ(result(10ms, "/v1/elsewhere"), "not_exercised");
}

TEST(RetryAfterHonoured, HoldsForEveryFailureThatTells) {
  for (const int status : {403, 408, 429, 500, 503}) {
    Story story;
    story.At(0s, kMake, kBox).Answered(status).RetryAfter(3s);
    story.At(1s, kMake, kBox);
    EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail") << status;
  }
}

TEST(RetryAfterHonoured, AsksNothingAfterASuccessThatTells) {
  Story story;
  story.At(0s, kMake, kBox).Answered(202).RetryAfter(3s);
  story.At(1s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
}

TEST(RetryAfterHonoured, AsksNothingOfWhoDidNotGetTheAnswer) {
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kStall, Fault::kTruncate}) {
    Story story;
    story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).Lost(fault);
    story.At(1s, kMake, kBox);
    EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised") << FaultName(fault);
  }
}

TEST(RetryAfterHonoured, AsksOfWhoGotTheAnswerSlowly) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).Lost(Fault::kSlow);
  story.At(1s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, AsksNothingOfWhoLeftBeforeTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).After(10s);
  story.At(5s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
}

TEST(RetryAfterHonoured, ASuccessClosesTheCall) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(3s, kMake, kBox);
  story.Waits({100ms, 100ms, 100ms}, kMake, kBox, 200, 3100ms);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(story.Exercised(kRetryAfterHonoured), 1u);
}

TEST(RetryAfterHonoured, DoesNotTakePollsAfterwardsForPatience) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(429).RetryAfter(3s);
  story.At(1s, "GET /v1/boxes/a");
  for (Duration at = 2s; at < 12s; at += 1s) story.At(at, "GET /v1/boxes/a");
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
  EXPECT_THAT(story.Shown(kRetryAfterHonoured).at(0), ElementsAre(1u, 2u));
}

TEST(RetryAfterHonoured, TellsApartWhatIsAnotherCall) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(1s, kMake, kBox).By(2);
  story.At(1s, kMake, kBox).With("User-Agent", "another/1");
  story.At(1s, "POST /v1/boxes?color=red", kBox);
  story.At(1s, "POST /v1/lids", kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "not_exercised");
}

// The npm SDK of a vendor waits 1 s and then 2 s, whatever it is told.
TEST(RetryAfterHonoured, FailsAClientOfItsOwnMindThatGivesUp) {
  for (const Duration told : {2s, 3s, 5s, 60s}) {
    Story story;
    for (const Duration at : {0s, 1s, 3s}) {
      story.At(at, kMake, kBox).Answered(429).RetryAfter(told);
    }
    EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail") << told;
  }
}

TEST(RetryAfterHonoured, FailsAClientOfItsOwnMindThatSucceeds) {
  EXPECT_EQ(Waiting(3s, {1s, 2s}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(3s, {500ms, 1s, 2s, 4s}).Result(kRetryAfterHonoured), "fail");
}

// Its later waits are long enough for two who wait, were it not that only one comes to an end.
TEST(RetryAfterHonoured, FailsAClientWhoseOwnWaitsGrowPastWhatItIsTold) {
  EXPECT_EQ(Waiting(3s, {1s, 2s, 4s}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(1s, {500ms, 1s, 2s}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(2s, {1s, 2s, 4s}).Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, FailsAClientThatTriesEverySecondUntilItSucceeds) {
  EXPECT_EQ(Waiting(2s, {1s, 1s, 1s}).Result(kRetryAfterHonoured), "fail");
  EXPECT_EQ(Waiting(3s, {1s, 1s, 1s, 1s, 1s}).Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, LetsTwoCallersWaitSideBySide) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(1s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(3s, kMake, kBox);
  story.At(4s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive") << "one who did not wait, or two";
}

TEST(RetryAfterHonoured, LetsTwoCallersWaitSideBySideForLong) {
  Story story;
  for (const Duration at : {0s, 1s, 3s, 4s, 6s, 7s}) {
    story.At(at, kMake, kBox).Answered(429).RetryAfter(3s);
  }
  story.At(9s, kMake, kBox);
  story.At(10s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive");
}

TEST(RetryAfterHonoured, LetsThreeCallersWaitSideBySide) {
  Story story;
  for (const Duration at : {0ms, 400ms, 900ms}) {
    story.At(at, kMake, kBox).Answered(429).RetryAfter(2s);
  }
  for (const Duration at : {2000ms, 2500ms, 3000ms}) story.At(at, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive");
}

TEST(RetryAfterHonoured, FindsTheOneOfTwoCallersThatDoesNotWait) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(1s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(2s, kMake, kBox);  // one of them
  story.At(4s, kMake, kBox);  // the other one
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
}

// One and a half times the announced wait, plus a second, is the most that a second caller takes.
TEST(RetryAfterHonoured, TakesWhatComesMuchLaterForTheSameCaller) {
  const auto second_comes = [](Duration at) {
    Story story;
    story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
    story.At(1s, kMake, kBox).Answered(429).RetryAfter(3s);
    story.At(3s, kMake, kBox);
    story.At(at, kMake, kBox);
    return story.Result(kRetryAfterHonoured);
  };
  EXPECT_EQ(second_comes(6500ms), "inconclusive");
  EXPECT_EQ(second_comes(6500ms + 1us), "fail");
}

TEST(RetryAfterHonoured, DoesNotForgetALateAttemptForALaterOneInTime) {
  const auto second_comes = [](Duration at) {
    Story story;
    story.At(0s, kMake, kBox).Answered(429).RetryAfter(10s);
    story.At(1s, kMake, kBox).Answered(429).RetryAfter(1s);
    story.At(at, kMake, kBox).Answered(429).RetryAfter(1s);
    story.At(at + 1s, kMake, kBox);
    story.At(10s, kMake, kBox);
    return story.Result(kRetryAfterHonoured);
  };
  EXPECT_EQ(second_comes(2s), "inconclusive");
  EXPECT_EQ(second_comes(4s), "fail");
}

TEST(RetryAfterHonoured, FindsTheOneOfThreeCallersThatDoesNotWait) {
  Story story;
  for (const Duration at : {0ms, 400ms, 900ms}) {
    story.At(at, kMake, kBox).Answered(429).RetryAfter(4s);
  }
  story.At(2s, kMake, kBox);
  story.At(4400ms, kMake, kBox);
  story.At(5s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, DoubtsWhereAnotherMayHaveComeThroughMeanwhile) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).On(1);
  story.At(1s, kMake, kBox).On(2);
  story.At(3s, kMake, kBox).On(1);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive");
}

TEST(RetryAfterHonoured, ANewConnectionIsNoExcuseWhereTheOldOneIsLeft) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).On(1);
  story.At(1s, kMake, kBox).On(2);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "fail");
}

TEST(RetryAfterHonoured, CannotBeToldOnAClockThatStandsStill) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(0s, kMake, kBox);
  story.Frozen();
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive");
  EXPECT_THAT(story.Findings(kRetryAfterHonoured), ElementsAre(HasSubstr("clock stood still")));
  EXPECT_THAT(story.Shown(kRetryAfterHonoured), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(RetryAfterHonoured, RealTimeCountsOnAClockThatStandsStill) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).Frozen();
  story.At(3s, kMake, kBox).Frozen(10ms);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "pass");
}

TEST(RetryAfterHonoured, CanBeToldOnAClockThatIsMovedByHand) {
  EXPECT_EQ(Waiting(3s, {3s}).Frozen().Result(kRetryAfterHonoured), "pass");
  EXPECT_EQ(Waiting(3s, {1s}).Frozen().Result(kRetryAfterHonoured), "fail");
}

// The first answer that the caller of #1 waited after is gone, and #2 is another caller's.
TEST(RetryAfterHonoured, FailsNobodyForWhatTheJournalNoLongerHas) {
  Story story;
  story.Truncated();
  story.At(1s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(3s, kMake, kBox);
  story.At(4s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetryAfterHonoured), "inconclusive");
}

// A busy machine takes its time for moving the clock, too.
TEST(RetryAfterHonoured, AClockThatIsMovedAndTheRealTimeAreNoSum) {
  const auto result = [](Duration moved, Duration real) {
    Story story;
    story.At(0s, kMake, kBox).Answered(429).RetryAfter(1s).Frozen();
    story.At(real, kMake, kBox).Frozen(moved);
    return story.Result(kRetryAfterHonoured);
  };
  EXPECT_EQ(result(500ms, 700ms), "fail");
  EXPECT_EQ(result(1s, 5ms), "pass");
  EXPECT_EQ(result(10ms, 1s), "pass");
}

}  // namespace
}  // namespace mockduit
