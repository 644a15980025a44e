// Several callers who make the very same call, each of them well: no check may take them for one
// who does badly. And one who does badly is not to be taken for several.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::IsEmpty;

constexpr std::string_view kGet = "GET /v1/boxes/a";

std::vector<std::string> Faults(const Story& story) {
  std::vector<std::string> faults;
  const History history = story.MakeHistory();
  for (const Verdict& verdict : RunChecks(history, {})) {
    if (verdict.result != Verdict::Result::kFail) continue;
    faults.push_back(verdict.check + ": " + verdict.summary);
  }
  return faults;
}

class Callers : public ::testing::Test {
 protected:
  Duration Between(Duration least, Duration most) {
    return least + Duration(static_cast<Duration::rep>(
                       random_.Unit() * static_cast<double>((most - least).count())));
  }

  // Each is told to wait until there is room, does so with some jitter, and succeeds. They begin
  // before the first of them may come again. With connections each keeps its own.
  Story Waiting(std::size_t callers, bool connections) {
    const Duration told = Between(1s, 4s);
    const Duration room = Between(told, 2 * told);
    Story story;
    for (std::size_t caller = 1; caller <= callers; ++caller) {
      Duration at = Between(0s, told * 8 / 10);
      for (; at < room; at += Between(told, told * 5 / 4)) {
        story.At(at, kGet).Answered(429).RetryAfter(told).On(connections ? caller : 0);
      }
      story.At(at, kGet).On(connections ? caller : 0);
    }
    return story;
  }

  Random random_{20260115};
};

TEST_F(Callers, WhoWaitAreNotAtFaultWhateverTheirNumber) {
  for (int i = 0; i < 500; ++i) {
    ASSERT_THAT(Faults(Waiting(2 + random_.Below(2), false)), IsEmpty()) << i;
  }
}

TEST_F(Callers, WhoWaitOnConnectionsOfTheirOwnAreNotAtFault) {
  for (int i = 0; i < 500; ++i) {
    ASSERT_THAT(Faults(Waiting(2 + random_.Below(5), true)), IsEmpty()) << i;
  }
}

// It waits less than it is told at first, then by its own growing waits, until it succeeds.
TEST_F(Callers, OneOfItsOwnMindIsNeverTakenForSeveral) {
  for (int i = 0; i < 500; ++i) {
    const Duration told = Between(1s, 4s);
    Duration wait = Between(told / 10, told * 8 / 10);
    Story story;
    Duration at{};
    const std::size_t failures = 1 + random_.Below(4);
    for (std::size_t attempt = 0; attempt < failures; ++attempt) {
      story.At(at, kGet).Answered(429).RetryAfter(told).On(1);
      at += wait;
      wait *= 2;
    }
    story.At(at, kGet).On(1);
    ASSERT_EQ(story.Result("retry-after-honoured"), "fail") << i;
  }
}

// Each on a connection of its own, which it goes on to use.
TEST_F(Callers, ThreeWhoFailOnceAtTheSameTimeDoNotTryAgainAtOnce) {
  Story story;
  for (std::uint64_t caller = 1; caller <= 3; ++caller) {
    story.At(caller * Duration(10ms), kGet).Answered(503).After(50ms).On(caller);
  }
  for (std::uint64_t caller = 1; caller <= 3; ++caller) {
    story.At(1s + caller * Duration(10ms), "GET /v1/lids").On(caller);
  }
  EXPECT_THAT(Faults(story), IsEmpty());
}

TEST_F(Callers, FourWhoGiveUpAfterFourAttemptsAreNoLongCall) {
  Story story;
  for (std::uint64_t caller = 1; caller <= 4; ++caller) {
    for (const Duration at : {0s, 1s, 3s, 7s}) {
      story.At(at + caller * Duration(130ms), kGet).Answered(503).On(caller);
    }
  }
  EXPECT_THAT(Faults(story), IsEmpty());
}

// Threads of a busy machine: none overlaps another, and nothing tells that they are several.
Story Crowd(const std::vector<Duration>& times, std::initializer_list<int> first_statuses, int then,
            bool close = true) {
  Story story;
  std::vector<int> statuses = first_statuses;
  statuses.resize(times.size(), then);
  for (std::size_t i = 0; i < times.size(); ++i) {
    Line line = story.At(times[i], kGet).Answered(statuses[i]).On(1 + i);
    if (statuses[i] == 429) line.RetryAfter(1s).Passing();
    line.exchange().wire->request = 1;
    line.exchange().wire->opened = line.exchange().wire->arrived;
    if (close) line.With("Connection", "close");
  }
  return story;
}

// Two begin together, and both are throttled; whoever comes behind them comes after a pause.
TEST_F(Callers, WhoComeAgainInRoundsTryAgain) {
  const auto told = [](const std::vector<Duration>& later) {
    Story story;
    for (std::uint64_t caller = 1; caller <= 2; ++caller) {
      story.At(100ms, kGet).OnNew(caller, 0ms).Answered(429).RetryAfter(1s).Passing().After(5ms);
    }
    for (std::size_t i = 0; i < later.size(); ++i) story.At(later[i], kGet).On(1 + i % 2);
    return std::pair(story.Result("retry-after-honoured"), story.Result("recovers"));
  };
  EXPECT_EQ(told({345ms, 348ms}), std::pair(std::string("fail"), std::string("pass")));
  EXPECT_EQ(told({345ms, 348ms, 349ms}).first, "inconclusive") << "a third began late";
  EXPECT_EQ(told({160ms, 163ms}).first, "inconclusive") << "they all began late";
}

TEST_F(Callers, EightWhoAreRefusedAreNoOneWhoDoesNotListen) {
  const Story story = Crowd({0ms, 56ms, 70ms, 85ms, 89ms, 108ms, 128ms, 231ms}, {}, 404);
  EXPECT_EQ(story.Result("no-retry-on-client-error"), "inconclusive");
  EXPECT_THAT(Faults(story), IsEmpty());
}

// The plainest bad client: a loop without waits, which keeps no connection.
TEST_F(Callers, OneInALoopThatKeepsNoConnectionIsOne) {
  EXPECT_EQ(Crowd({0ms, 1ms, 1ms, 2ms, 4ms, 5ms}, {}, 404).Result("no-retry-on-client-error"),
            "fail");
  EXPECT_EQ(
      Crowd({0ms, 1ms, 2ms, 3ms, 4ms, 5ms, 6ms, 7ms}, {}, 404).Result("no-retry-on-client-error"),
      "fail");
  EXPECT_EQ(Crowd({0ms, 10ms, 11ms, 12ms, 13ms}, {}, 404).Result("no-retry-on-client-error"),
            "fail");
}

TEST_F(Callers, TwoThatStartSlowlyAreNoOneWhoDoesNotListen) {
  EXPECT_EQ(Crowd({0ms, 96ms}, {}, 403).Result("no-retry-on-client-error"), "inconclusive");
  EXPECT_EQ(Crowd({0ms, 101ms}, {}, 403).Result("no-retry-on-client-error"), "fail");
}

TEST_F(Callers, EightOfWhomOneIsThrottledAreNoneWhoDoesNotWait) {
  const Story waited =
      Crowd({0ms, 2ms, 90ms, 91ms, 94ms, 100ms, 103ms, 118ms, 1'010ms}, {429}, 200);
  EXPECT_EQ(waited.Result("retry-after-honoured"), "inconclusive");
  const Story gave_up = Crowd({0ms, 84ms, 90ms, 91ms, 94ms, 100ms, 103ms, 118ms}, {429}, 200);
  EXPECT_EQ(gave_up.Result("retry-after-honoured"), "inconclusive");
  EXPECT_EQ(gave_up.Result("recovers"), "inconclusive") << "whoever was throttled never came again";
}

TEST_F(Callers, OneWhoStopsAtItsFirstSuccessIsNoCrowd) {
  EXPECT_EQ(Crowd({0ms, 3ms, 20ms, 22ms}, {429, 429, 429}, 200).Result("retry-after-honoured"),
            "fail");
}

TEST_F(Callers, OneWhoIsPacedByItsWorkOrItsWaitsIsNoCrowd) {
  for (const std::vector<Duration>& times :
       {std::vector<Duration>{0ms, 20ms, 42ms, 60ms, 82ms, 103ms},
        std::vector<Duration>{0ms, 10ms, 30ms, 70ms, 150ms},
        std::vector<Duration>{0ms, 100ms, 200ms, 300ms}}) {
    EXPECT_EQ(Crowd(times, {}, 403).Result("no-retry-on-client-error"), "fail");
  }
}

// On one connection, each in a pause of the others.
TEST_F(Callers, ManyWhoTryAgainInTurnAreNoLongCall) {
  Story story;
  for (int i = 0; i < 10; ++i) story.At(i * 12ms, kGet).Answered(503);
  for (int i = 0; i < 10; ++i) story.At(500ms + i * 12ms, kGet).Answered(503);
  EXPECT_EQ(story.Result("retries-bounded"), "inconclusive");
}

// Each waits a second once, and what comes of both comes every half a second.
// The next connection cannot have been opened after the answer before.
TEST_F(Callers, EightWhoComeTooQuicklyForOneAreNoHotLoop) {
  std::vector<Duration> times(8);
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = i * Duration(250us);
  EXPECT_THAT(Faults(Crowd(times, {}, 404)), IsEmpty());
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = i * Duration(350us);
  EXPECT_EQ(Crowd(times, {}, 404).Result("no-retry-on-client-error"), "fail");
}

// They begin so unevenly that the pause before their second round does not show.
TEST_F(Callers, ManyWhoseFirstRoundsRunTogetherAreNoLongCall) {
  Story story;
  for (const Duration round : {0ms, 60ms, 300ms, 900ms}) {
    for (int caller = 0; caller < 8; ++caller) {
      story.At(round + caller * Duration(6ms), kGet).Answered(503).On(1);
    }
  }
  EXPECT_THAT(Faults(story), IsEmpty());
}

TEST_F(Callers, OneLoopThatPausesByChanceIsOne) {
  Story story;
  Duration at{};
  for (int attempt = 0; attempt < 33; ++attempt) {
    story.At(at, kGet).Answered(503).On(1);
    at += attempt == 13 || attempt == 23 ? 90ms : 5ms;
  }
  EXPECT_EQ(story.Result("retries-bounded"), "fail");
}

TEST_F(Callers, EightOnOneConnectionOfABusyMachineAreNoHotLoop) {
  Story story;
  Duration at{};
  for (const Duration gap : {8ms, 0ms, 1ms, 0ms, 1ms, 9ms, 7ms, 0ms}) {
    story.At(at, kGet).Answered(500).On(1);
    at += gap;
  }
  EXPECT_THAT(Faults(story), IsEmpty());
}

TEST_F(Callers, TheirWaitsAreNotMixed) {
  Story story;
  for (const Duration at : {0s, 1s}) {
    story.At(at, kGet).Answered(503).On(1);
    story.At(at + 500ms, kGet).Answered(503).On(2);
  }
  EXPECT_THAT(Faults(story), IsEmpty());
}

}  // namespace
}  // namespace mockduit
