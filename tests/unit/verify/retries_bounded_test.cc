#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::string_view kRetriesBounded = "retries-bounded";

std::vector<Duration> Equal(std::size_t times, Duration wait) {
  return std::vector<Duration>(times, wait);
}

// So many calls one after the other, each tried again after these waits, with a pause between.
Story Calls(std::size_t calls, const std::vector<Duration>& waits, Duration pause) {
  std::vector<Duration> all;
  for (std::size_t i = 0; i < calls; ++i) {
    if (i > 0) all.push_back(pause);
    all.insert(all.end(), waits.begin(), waits.end());
  }
  return Failing(all);
}

TEST(RetriesBounded, PassesTenAttemptsAndFailsEleven) {
  EXPECT_EQ(Failing(Equal(9, 1s)).Result(kRetriesBounded), "pass");
  const Story story = Failing(Equal(10, 1s));
  EXPECT_EQ(story.Result(kRetriesBounded), "fail");
  EXPECT_THAT(story.Findings(kRetriesBounded),
              ElementsAre("POST /v1/boxes was tried 11 times within 10 s; 10 are enough"));
  EXPECT_THAT(story.Shown(kRetriesBounded), ElementsAre(SizeIs(11)));
}

TEST(RetriesBounded, PassesWhoGivesUpAtOnce) {
  EXPECT_EQ(Failing({}).Result(kRetriesBounded), "pass");
  EXPECT_EQ(Failing({}).Exercised(kRetriesBounded), 1u);
}

TEST(RetriesBounded, IsNotExercisedWhereNothingFails) {
  Story story;
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised");
  story.Waits(Equal(20, 1s), kMake, kBox, 200);
  story.Waits(Equal(5, 1s), "GET /v1/boxes/a", "", 404, 60s);
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised");
  story.Waits({1s, 1s}, kMake, R"({"name":"b"})", 503, 90s);
  story.At(94s, kMake, R"({"name":"b"})");
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised") << "nobody was seen giving up";
}

TEST(RetriesBounded, TakesTheBoundFromTheSettings) {
  EXPECT_EQ(Failing(Equal(3, 1s)).Set("retries-bounded.max_attempts=3").Result(kRetriesBounded),
            "fail");
  EXPECT_EQ(Failing(Equal(2, 1s)).Set("retries-bounded.max_attempts=3").Result(kRetriesBounded),
            "pass");
  EXPECT_EQ(Failing(Equal(10, 1s)).Set("retries-bounded.max_attempts=11").Result(kRetriesBounded),
            "pass");
}

TEST(RetriesBounded, ASuccessInTheEndDoesNotExcuseTooMany) {
  Story story = Failing(Equal(10, 1s));
  story.At(11s, kMake, kBox);
  EXPECT_EQ(story.Result(kRetriesBounded), "fail");
}

TEST(RetriesBounded, ASuccessEndsTheCount) {
  Story story;
  for (Duration at = 0s; at < 60s; at += 10s) {
    story.Waits(Equal(4, 1s), kMake, kBox, 503, at);
    story.At(at + 5s, kMake, kBox);
  }
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised");
}

TEST(RetriesBounded, RefusalsThatAreRepeatedWithoutAnEndCount) {
  EXPECT_EQ(Failing(Equal(10, 1s), 409).Result(kRetriesBounded), "fail");
  EXPECT_EQ(Failing(Equal(9, 1s), 409).Result(kRetriesBounded), "not_exercised");
}

TEST(RetriesBounded, ARefusalEndsTheCount) {
  Story story;
  for (Duration at = 0s; at < 60s; at += 10s) {
    story.Waits(Equal(4, 1s), kMake, kBox, 503, at);
    story.At(at + 5s, kMake, kBox).Answered(400);
  }
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised");
}

TEST(RetriesBounded, ASilenceEndsTheCount) {
  EXPECT_EQ(Failing(Equal(10, 10min)).Result(kRetriesBounded), "fail");
  EXPECT_EQ(Failing(Equal(10, 10min + 1us)).Result(kRetriesBounded), "pass");
  EXPECT_EQ(Failing(Equal(10, 10min + 1us)).Exercised(kRetriesBounded), 11u);
}

TEST(RetriesBounded, ALongWaitThatWasToldIsNoSilence) {
  Story story;
  for (int i = 0; i < 11; ++i) {
    story.At(i * Duration(1h), kMake, kBox).Answered(429).RetryAfter(1h);
  }
  EXPECT_EQ(story.Result(kRetriesBounded), "fail");
}

TEST(RetriesBounded, LostAnswersCount) {
  Story story;
  for (int i = 0; i < 11; ++i) story.At(i * Duration(1s), kMake, kBox).Lost();
  EXPECT_EQ(story.Result(kRetriesBounded), "fail");
}

TEST(RetriesBounded, CountsEachCallByItself) {
  Story story;
  for (int i = 0; i < 30; ++i) {
    story.At(i * Duration(1s), kMake, R"({"name":"Box )" + std::to_string(i % 3) + "\"}")
        .Answered(500);
  }
  EXPECT_EQ(story.Result(kRetriesBounded), "pass");
  EXPECT_EQ(story.Exercised(kRetriesBounded), 3u);
}

TEST(RetriesBounded, AFewEqualCallsThatEachGiveUpAreNoLongOne) {
  EXPECT_EQ(Calls(3, {500ms, 1s, 2s, 4s}, 0s).Result(kRetriesBounded), "pass");
}

TEST(RetriesBounded, ThePauseBetweenSeveralEqualCallsMayBeLong) {
  EXPECT_EQ(Calls(3, {1s, 2s, 4s}, 60s).Result(kRetriesBounded), "pass");
}

// Each of two layers tries again what the other has given up.
TEST(RetriesBounded, ManyEqualCallsMayBeOneThatIsRetriedTwice) {
  const Story story = Calls(6, {1s, 2s}, 10ms);
  EXPECT_EQ(story.Result(kRetriesBounded), "inconclusive");
  EXPECT_EQ(story.VerdictOf(kRetriesBounded).findings.at(0).code,
            "retries-bounded/calls-or-layers");
  EXPECT_EQ(Calls(4, {1s, 2s, 4s}, 100ms).Result(kRetriesBounded), "inconclusive");
  EXPECT_EQ(Calls(5, {10ms, 400ms, 800ms}, 1s).Result(kRetriesBounded), "fail");
}

TEST(RetriesBounded, TheLastOfSeveralEqualCallsMaySucceed) {
  Story story = Calls(2, {500ms, 1s, 2s, 4s}, 10ms);
  story.At(16s, kMake, kBox).Answered(503);
  story.At(16500ms, kMake, kBox);
  EXPECT_EQ(story.Result(kRetriesBounded), "not_exercised");
}

TEST(RetriesBounded, WaitsThatGrowAndGrowAreOneCall) {
  EXPECT_EQ(Failing({1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s, 60s, 60s}).Result(kRetriesBounded),
            "fail");
}

TEST(RetriesBounded, NeedsNoTimeToPass) {
  EXPECT_EQ(Failing(Equal(10, 0s)).Frozen().Result(kRetriesBounded), "fail");
  EXPECT_EQ(Failing(Equal(9, 0s)).Frozen().Result(kRetriesBounded), "pass");
}

// Five times four, by one layer around another.
TEST(RetriesBounded, FailsNestedLayersOfOneIdentity) {
  Story story;
  Duration at{};
  for (int outer = 0; outer < 5; ++outer) {
    for (const Duration wait : {100ms, 200ms, 400ms, 1000ms}) {
      story.At(at, kMake, kBox).Answered(503).With("X-Mockduit-Call", "one");
      at += wait;
    }
  }
  EXPECT_EQ(story.Result("retries-bounded"), "fail");
}

}  // namespace
}  // namespace mockduit
