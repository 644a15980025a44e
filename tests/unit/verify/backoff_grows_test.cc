#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kBackoffGrows = "backoff-grows";
TEST(BackoffGrows, PassesWaitsThatGrow) {
  EXPECT_EQ(Failing({1s, 2s}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({1s, 2s, 4s, 8s}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({500ms, 1s, 1500ms}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({1s, 2s}).Exercised(kBackoffGrows), 1u);
}

TEST(BackoffGrows, PassesWaitsThatStopGrowingAtTheirMost) {
  EXPECT_EQ(Failing({1s, 2s, 4s, 8s, 8s, 8s, 8s, 8s}).Result(kBackoffGrows), "pass");
}

TEST(BackoffGrows, PassesAFirstAttemptAtOnceThatIsFollowedByWaits) {
  EXPECT_EQ(Failing({0s, 1s, 2s}).Result(kBackoffGrows), "pass");
}

TEST(BackoffGrows, FailsWaitsThatAreAllAlike) {
  const Story story = Failing({1s, 1s, 1s});
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
  EXPECT_THAT(story.Findings(kBackoffGrows),
              ElementsAre("POST /v1/boxes was tried again after waits that "
                          "do not grow: 1 s, 1 s, 1 s"));
  EXPECT_THAT(story.Shown(kBackoffGrows), ElementsAre(ElementsAre(1u, 2u, 3u, 4u)));
}

TEST(BackoffGrows, TakesATenthForAlike) {
  EXPECT_EQ(Failing({1s, 1120ms, 1050ms, 1s}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({1s, 1121ms, 1050ms, 1s}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({1s, 1100ms, 1050ms}).Result(kBackoffGrows), "fail") << "of three";
  EXPECT_EQ(Failing({1s, 1101ms, 1050ms}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({1s, 1250ms, 1100ms}).Set("backoff-grows.growth=30%").Result(kBackoffGrows),
            "fail");
}

TEST(BackoffGrows, FailsWhoNeverWaits) {
  const Story story = Failing({0s, 2ms, 1ms});
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
  EXPECT_THAT(
      story.Findings(kBackoffGrows),
      ElementsAre("POST /v1/boxes was tried again 3 times at once: after 0 ms, 2 ms, 1 ms"));
  EXPECT_EQ(Failing({0s, 0s}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({0s, 0s, 0s, 0s, 0s, 0s, 0s}).Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, IsNotExercisedByOneWait) {
  EXPECT_EQ(Failing({}).Result(kBackoffGrows), "not_exercised");
  EXPECT_EQ(Failing({1s}).Result(kBackoffGrows), "not_exercised");
  EXPECT_EQ(Failing({0s}).Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, IsNotExercisedByTwoWaitsThatSayNothing) {
  EXPECT_EQ(Failing({1s, 1s}).Result(kBackoffGrows), "not_exercised");
  EXPECT_EQ(Failing({2s, 1s}).Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, CountsTheWaitBeforeTheSuccessToo) {
  Story story = Failing({1s, 1s});
  story.At(3s, kMake, kBox);
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, EveryFailureThatPassesCounts) {
  for (const int status : {408, 429, 500, 502, 503, 504}) {
    EXPECT_EQ(Failing({1s, 1s, 1s}, status).Result(kBackoffGrows), "fail") << status;
  }
  Story lost;
  for (const Duration at : {0s, 1s, 2s, 3s}) lost.At(at, kMake, kBox).Lost(Fault::kEmpty);
  EXPECT_EQ(lost.Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, RefusalsDoNotCount) {
  for (const int status : {400, 401, 403, 404, 409, 422}) {
    EXPECT_EQ(Failing({1s, 1s, 1s}, status).Result(kBackoffGrows), "not_exercised") << status;
  }
}

TEST(BackoffGrows, WaitsThatRetryAfterToldAreNotTheClientsOwn) {
  Story story;
  for (const Duration at : {0s, 1s, 2s, 3s, 4s}) {
    story.At(at, kMake, kBox).Answered(429).RetryAfter(1s);
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, LooksAtTheLongestRowBetweenWaitsThatWereTold) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503);
  story.At(1s, kMake, kBox).Answered(429).RetryAfter(5s);
  for (const Duration at : {6s, 8s, 10s}) story.At(at, kMake, kBox).Answered(503);
  story.At(12s, kMake, kBox);
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
  EXPECT_THAT(story.Shown(kBackoffGrows), ElementsAre(ElementsAre(3u, 4u, 5u, 6u)));
}

TEST(BackoffGrows, AWaitBeginsAtTheAnswer) {
  Story story;  // 1 s, 2 s and 4 s after answers that took a second
  for (const Duration at : {0s, 2s, 5s}) story.At(at, kMake, kBox).Answered(503).After(1s);
  story.At(10s, kMake, kBox);
  EXPECT_EQ(story.Result(kBackoffGrows), "pass");
  Story alike;  // 1 s each, though the requests come at growing distances
  alike.At(0s, kMake, kBox).Answered(503);
  alike.At(1s, kMake, kBox).Answered(503).After(1s);
  alike.At(3s, kMake, kBox).Answered(503).After(2s);
  alike.At(6s, kMake, kBox);
  EXPECT_EQ(alike.Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, ASilenceBeginsAnother) {
  EXPECT_EQ(Failing({1s, 1s, 11min, 1s}).Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, CannotBeToldOnAClockThatStandsStill) {
  const Story story = Failing({0s, 0s, 0s}).Frozen();
  EXPECT_EQ(story.Result(kBackoffGrows), "inconclusive");
  EXPECT_THAT(story.Findings(kBackoffGrows), ElementsAre(HasSubstr("clock stood still")));
  EXPECT_EQ(Failing({1s, 2s, 4s}).Frozen().Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({1s, 1s, 1s}).Frozen().Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, AnOutlierHidesNothing) {
  EXPECT_EQ(Failing({200ms, 200ms, 200ms, 260ms, 200ms, 200ms, 200ms}).Result(kBackoffGrows),
            "fail");
  EXPECT_EQ(Failing({5ms, 9ms, 4ms, 900ms, 5ms, 6ms, 8ms}).Result(kBackoffGrows), "fail");
}

TEST(BackoffGrows, FailsAHotLoopWithWorkOfItsOwn) {
  EXPECT_EQ(Failing({30ms, 22ms, 28ms, 30ms}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({31ms, 60ms, 130ms, 250ms}).Result(kBackoffGrows), "pass");
}

TEST(BackoffGrows, FailsWaitsThatBecomeShorter) {
  const Story story = Failing({1600ms, 800ms, 400ms, 200ms, 100ms});
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
  EXPECT_THAT(story.Findings(kBackoffGrows), ElementsAre(HasSubstr("waits that become shorter")));
  EXPECT_EQ(Failing({800ms, 400ms, 200ms}).Result(kBackoffGrows), "fail") << "evenly";
  EXPECT_EQ(Failing({800ms, 700ms, 100ms}).Result(kBackoffGrows), "inconclusive")
      << "by chance, or not";
}

TEST(BackoffGrows, PassesWaitsThatReachedABound) {
  EXPECT_EQ(Failing({100ms, 200ms, 400ms, 400ms, 400ms, 400ms, 400ms}).Result(kBackoffGrows),
            "pass");
  EXPECT_EQ(Failing({0s, 1s, 1s, 1s}).Result(kBackoffGrows), "fail") << "none is no wait";
}

TEST(BackoffGrows, SaysWhatItSaw) {
  EXPECT_THAT(Failing({1s, 2s, 4s}).VerdictOf(kBackoffGrows).summary,
              HasSubstr("after waits that grow: 1 s, 2 s, 4 s"));
  EXPECT_THAT(Failing({2s, 1s, 3s}).VerdictOf(kBackoffGrows).summary, HasSubstr("waits that vary"));
}

TEST(BackoffGrows, AWaitThatRateLimitResetTellsIsNotItsOwn) {
  Story story;
  for (const Duration at : {0s, 1s, 2s, 3s}) {
    story.At(at, kMake, kBox).Answered(429).exchange().response.headers = {
        {"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "1"}};
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, WhoPollsPollsOnThroughAnOutage) {
  Story story;
  for (int i = 0; i < 4; ++i) story.At(i * 2s, "GET /v1/boxes/a");
  for (int i = 4; i < 8; ++i) story.At(i * 2s, "GET /v1/boxes/a").Answered(500);
  EXPECT_EQ(story.Result(kBackoffGrows), "not_exercised");
}

TEST(BackoffGrows, AClientsOwnPatienceIsNoWait) {
  Story story;  // it waits 50, 100 and 200 ms after each time-out
  Duration at{};
  for (const Duration wait : {50ms, 100ms, 200ms, 0ms}) {
    story.At(at, kMake, kBox).Lost(Fault::kStall).LeftAfter(3s);
    at += 3s + wait;
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "pass");
}

// A busy machine adds to each wait, and differently.
TEST(BackoffGrows, DoesNotTakeWhatABusyMachineAddsForJitter) {
  const std::vector<Duration> fifty = {50ms, 58ms, 52ms, 50ms, 55ms, 51ms,
                                       57ms, 50ms, 53ms, 56ms, 50ms, 52ms};
  EXPECT_EQ(Failing(fifty).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({50ms, 58ms, 52ms, 51ms, 55ms}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({50ms, 58ms, 52ms}).Result(kBackoffGrows), "inconclusive") << "too few";
  EXPECT_EQ(Failing({50ms, 52ms, 58ms}).Result(kBackoffGrows), "inconclusive") << "no growth";
  EXPECT_EQ(Failing({50ms, 58ms}).Result(kBackoffGrows), "not_exercised");
  EXPECT_EQ(Failing({5ms, 17ms, 8ms, 5ms, 31ms, 6ms, 9ms, 5ms, 12ms}).Result(kBackoffGrows),
            "fail");
  EXPECT_EQ(Failing({20ms, 34ms, 27ms, 20ms, 31ms, 22ms, 36ms}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({1s, 1030ms, 1080ms, 1s, 1010ms}).Result(kBackoffGrows), "fail");
  EXPECT_EQ(Failing({234ms, 274ms, 227ms, 300ms, 261ms}).Result(kBackoffGrows), "inconclusive");
}

// The first attempt again is that of a program that loads what it needs for it.
TEST(BackoffGrows, IsInDoubtWhereTheFirstWaitAloneIsALittleLonger) {
  EXPECT_EQ(Failing({369ms, 264ms, 275ms}).Result(kBackoffGrows), "inconclusive");
  EXPECT_EQ(Failing({390ms, 264ms, 270ms, 268ms}).Result(kBackoffGrows), "inconclusive");
  EXPECT_EQ(Failing({390ms, 264ms, 270ms, 268ms, 275ms}).Result(kBackoffGrows), "fail") << "many";
  EXPECT_EQ(Failing({426ms, 264ms, 275ms}).Result(kBackoffGrows), "pass") << "longer than that";
  EXPECT_EQ(Failing({369ms, 250ms, 270ms}).Result(kBackoffGrows), "pass") << "the others vary";
  EXPECT_EQ(Failing({264ms, 375ms, 270ms}).Result(kBackoffGrows), "pass") << "a later one";
}

TEST(BackoffGrows, StillKnowsShortWaitsThatGrowOrVary) {
  EXPECT_EQ(Failing({50ms, 100ms}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({20ms, 40ms, 80ms}).Result(kBackoffGrows), "pass");
  EXPECT_EQ(Failing({100ms, 190ms, 60ms, 240ms}).Result(kBackoffGrows), "pass") << "jitter";
  EXPECT_EQ(Failing({65ms, 41ms, 76ms}).Result(kBackoffGrows), "inconclusive");
}

// Whoever draws its waits by chance, in a way that is well known, is never at fault.
class Jitter : public ::testing::Test {
 protected:
  using Draw = std::function<Duration(std::size_t attempt, Duration before)>;

  Duration Up(Duration most) {
    return Duration(static_cast<Duration::rep>(random_.Unit() * static_cast<double>(most.count())));
  }
  Duration Between(Duration least, Duration most) { return least + Up(most - least); }

  // A thousand calls of 3 to 6 attempts, each judged by itself; the faults of all checks.
  std::vector<std::string> Faults(const Draw& draw) {
    std::vector<std::string> faults;
    for (int call = 0; call < 1'000; ++call) {
      Story story;
      Duration at{};
      Duration wait{};
      const std::size_t attempts = 3 + random_.Below(4);
      for (std::size_t i = 0; i < attempts; ++i) {
        story.At(at, kMake, kBox).Answered(i + 1 < attempts ? 503 : 201);
        wait = draw(i, wait);
        at += wait;
      }
      const History history = story.MakeHistory();
      for (const Verdict& verdict : RunChecks(history, {})) {
        if (verdict.result != Verdict::Result::kFail) continue;
        faults.push_back(verdict.check + ": " + verdict.summary);
      }
    }
    return faults;
  }

  Random random_{20260115};
};

using ::testing::IsEmpty;

TEST_F(Jitter, FullIsNoFault) {
  EXPECT_THAT(Faults([&](std::size_t attempt, Duration) { return Up(1s * (1 << attempt)); }),
              IsEmpty());
}

TEST_F(Jitter, FullFromATenthOfASecondIsNoFault) {
  EXPECT_THAT(Faults([&](std::size_t attempt, Duration) { return Up(100ms * (1 << attempt)); }),
              IsEmpty());
}

TEST_F(Jitter, EqualIsNoFault) {
  EXPECT_THAT(Faults([&](std::size_t attempt, Duration) {
                const Duration most = 1s * (1 << attempt);
                return Between(most / 2, most);
              }),
              IsEmpty());
}

TEST_F(Jitter, DecorrelatedIsNoFault) {
  EXPECT_THAT(Faults([&](std::size_t, Duration before) {
                return std::min<Duration>(20s, Between(1s, std::max<Duration>(before, 1s) * 3));
              }),
              IsEmpty());
}

TEST_F(Jitter, OfAFewPerCentIsNoFault) {
  EXPECT_THAT(Faults([&](std::size_t attempt, Duration) {
                const Duration wait = 500ms * (1 << attempt);
                return Between(wait * 9 / 10, wait * 11 / 10);
              }),
              IsEmpty());
}

TEST_F(Jitter, DoesNotHideWaitsThatAreAllAlike) {
  Story story;
  Duration at{};
  for (int i = 0; i < 6; ++i) {
    story.At(at, kMake, kBox).Answered(503);
    at += Between(1s, 1050ms);
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "fail");
}

// It says that the client may come at once. Who is told so again and again waits as it chooses.
TEST(BackoffGrows, ARetryAfterOfZeroExcusesOneAttemptAtOnce) {
  const auto told_none = [](std::vector<Duration> waits) {
    Story story;
    Duration at{};
    story.At(at, kMake, kBox).Answered(429).RetryAfter(0s);
    for (const Duration wait : waits) {
      story.At(at += wait, kMake, kBox).Answered(429).RetryAfter(0s);
    }
    return story.Result(kBackoffGrows);
  };
  EXPECT_EQ(told_none({1ms, 1ms}), "not_exercised");
  EXPECT_EQ(told_none({1ms, 1ms, 1ms, 1ms}), "fail");
  EXPECT_EQ(told_none({1ms, 1s, 2s, 4s}), "pass");
}

// Some were seen to overlap, and each has a connection of its own: programs that try once each.
TEST(BackoffGrows, WaitsBetweenProgramsThatOverlapAreInDoubt) {
  Story story;
  std::uint64_t connection = 0;
  for (const Duration at : {0ms, 20ms, 600ms, 1400ms, 3000ms}) {
    story.At(at, kMake, kBox).Answered(500).After(at < 100ms ? 300ms : 0ms).On(++connection);
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "inconclusive");
}

// Two who began at once; whichever of the later attempts are whose, they wait longer each time.
TEST(BackoffGrows, PassesEqualCallsThatGrowWhoeverTheyAre) {
  Story story;
  std::uint64_t swapped = 0;
  for (const Duration at : {0ms, 300ms, 900ms, 2100ms}) {
    const std::uint64_t first = 1 + swapped;
    swapped = 1 - swapped;
    story.At(at, kMake, kBox).Answered(500).After(2ms).On(first);
    story.At(at + 1ms, kMake, kBox).Answered(500).After(2ms).On(3 - first);
  }
  EXPECT_EQ(story.Result(kBackoffGrows), "pass");
}

TEST(BackoffGrows, ReadsAtOnceAreNoPaceOfAPoll) {
  const auto reading_each = [](Duration pace) {
    Story story;
    for (int i = 0; i < 4; ++i) story.At(i * pace, "GET /v1/boxes/a");
    story.Waits(std::vector<Duration>(10, pace), "GET /v1/boxes/a", "", 503, 4 * pace);
    return story.Result(kBackoffGrows);
  };
  EXPECT_EQ(reading_each(80ms), "fail");
  EXPECT_EQ(reading_each(100ms), "not_exercised");
}

}  // namespace
}  // namespace mockduit
