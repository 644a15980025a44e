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

// Each waits a second once, and what comes of both comes every half a second.
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
