#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::string_view kRecovers = "recovers";

TEST(Recovers, PassesWhoSucceedsAfterAFailureThatPasses) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).Passing();
  story.At(1s, kMake, kBox).Answered(503).Passing();
  story.At(3s, kMake, kBox);
  EXPECT_EQ(story.Result(kRecovers), "pass");
  EXPECT_EQ(story.Exercised(kRecovers), 1u);
}

TEST(Recovers, FailsWhoGivesUp) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).Passing();
  story.At(1s, kMake, kBox).Answered(429).Passing();
  EXPECT_EQ(story.Result(kRecovers), "fail");
  EXPECT_THAT(
      story.Findings(kRecovers),
      ElementsAre("POST /v1/boxes was given up after 2 attempts, the last one answered 429, "
                  "though the failure was about to pass"));
  EXPECT_THAT(story.Shown(kRecovers), ElementsAre(ElementsAre(2u)));
}

TEST(Recovers, IsNotExercisedByFailuresThatStay) {
  Story story;
  EXPECT_EQ(story.Result(kRecovers), "not_exercised");
  story.Waits({1s, 2s}, kMake, kBox, 503);
  story.At(10s, kMake, R"({"name":"b"})").Answered(400).Passing();
  EXPECT_EQ(story.Result(kRecovers), "not_exercised");
}

TEST(Recovers, LostAnswersAndTransientRefusalsCount) {
  Story lost;
  lost.At(0s, "GET /v1/boxes/a").Lost().Passing();
  EXPECT_EQ(lost.Result(kRecovers), "fail");
  lost.At(1s, "GET /v1/boxes/a");
  EXPECT_EQ(lost.Result(kRecovers), "pass");
  Story transient;
  transient.At(0s, "GET /v1/boxes/a").Answered(404).Transient().Passing();
  EXPECT_EQ(transient.Result(kRecovers), "fail");
}

TEST(Recovers, TheSuccessMustComeAfterwards) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(1s, kMake, kBox).Answered(429).Passing();
  EXPECT_EQ(story.Result(kRecovers), "fail");
}

TEST(Recovers, ASuccessThatGotLostIsNone) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(503).Passing();
  story.At(1s, "GET /v1/boxes/a").Lost().Passing();
  EXPECT_EQ(story.Result(kRecovers), "fail");
}

TEST(Recovers, AnotherCallsSuccessIsNone) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).Passing();
  story.At(1s, kMake, R"({"name":"Another"})");
  story.At(1s, "POST /v1/lids", kBox);
  EXPECT_EQ(story.Result(kRecovers), "fail");
}

TEST(Recovers, WithAnotherCredentialItMayBeTheSameCaller) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).Passing();
  story.At(1s, kMake, kBox).By(2);
  EXPECT_EQ(story.Result(kRecovers), "inconclusive");
}

TEST(Recovers, TheSuccessMayHaveANewRequestId) {
  Story story;
  story.At(0s, kMake, R"({"name":"a","request_id":"1"})").Answered(503).Passing();
  story.At(1s, kMake, R"({"name":"a","request_id":"2"})");
  EXPECT_EQ(story.Result(kRecovers), "pass");
}

TEST(Recovers, LooksAtEachCall) {
  Story story;
  for (const char* body : {"a", "b", "c"}) story.At(0s, kMake, body).Answered(429).Passing();
  story.At(1s, kMake, "b");
  EXPECT_EQ(story.Exercised(kRecovers), 3u);
  EXPECT_THAT(story.Findings(kRecovers), SizeIs(2));
}

// Trying again may do harm where it may have taken effect (RFC 9110, section 9.2.2).
TEST(Recovers, WhoGivesUpWhatIsNotIdempotentIsSafe) {
  const auto result = [](std::string_view call, int status) {
    Story story;
    story.At(0s, call, kBox).Answered(status).Passing();
    return story.Result(kRecovers);
  };
  EXPECT_EQ(result(kMake, 503), "pass");
  EXPECT_EQ(result("PATCH /v1/boxes/a", 500), "pass");
  EXPECT_EQ(result(kMake, 429), "fail") << "nothing has happened";
  EXPECT_EQ(result("PUT /v1/boxes/a", 503), "fail");
  EXPECT_EQ(result("DELETE /v1/boxes/a", 503), "fail");
  Story lost;
  lost.At(0s, kMake, kBox).Lost().Passing();
  EXPECT_EQ(lost.Result(kRecovers), "pass");
  EXPECT_THAT(lost.VerdictOf(kRecovers).summary, ::testing::HasSubstr("given up safely"));
}

TEST(Recovers, PassesWhoCameThroughToARefusal) {
  Story story;
  story.At(0s, "GET /v1/boxes/a").Answered(429).Passing();
  story.At(1s, "GET /v1/boxes/a").Answered(404);
  EXPECT_EQ(story.Result(kRecovers), "pass");
}

// A delete that took effect although it was answered 500, and one more request.
std::string AfterADeleteThatHappened(const std::function<void(Story&)>& next) {
  Story story;
  story.At(0s, "DELETE /v1/boxes/a").Answered(500).Passing().Applied();
  next(story);
  return story.Result(kRecovers);
}

TEST(Recovers, WhoLooksAtWhatHappenedNeedNotTryAgain) {
  const auto looks = [](std::string_view at) {
    return AfterADeleteThatHappened([&](Story& story) { story.At(1s, at); });
  };
  EXPECT_EQ(looks("GET /v1/boxes"), "pass");
  EXPECT_EQ(looks("GET /v1/boxes/a"), "pass");
  EXPECT_EQ(looks("GET /v1/lids"), "fail") << "they are of another kind";
  EXPECT_EQ(looks("PATCH /v1/boxes/a"), "fail") << "this is no look";
}

TEST(Recovers, ALookThatFailsOrIsAnotherCallersIsNone) {
  EXPECT_EQ(
      AfterADeleteThatHappened([](Story& story) { story.At(1s, "GET /v1/boxes").Answered(500); }),
      "fail");
  EXPECT_EQ(AfterADeleteThatHappened([](Story& story) { story.At(1s, "GET /v1/boxes").By(2); }),
            "fail");
}

TEST(Recovers, ALookIsNotEnoughWhereNothingHappened) {
  Story story;
  story.At(0s, "DELETE /v1/boxes/a").Answered(500).Passing();
  story.At(1s, "GET /v1/boxes");
  EXPECT_EQ(story.Result(kRecovers), "fail");
}

TEST(Recovers, LetsGoWhoIsToldToWaitForLong) {
  const auto told = [](Duration wait) {
    Story story;
    story.At(0s, kMake, kBox).Answered(429).RetryAfter(wait).Passing();
    return story.Result(kRecovers);
  };
  EXPECT_EQ(told(60s), "fail");
  EXPECT_EQ(told(61s), "not_exercised");
}

// More attempts are of no use, and retries-bounded forbids them: no scenario leaves all guilty.
TEST(Recovers, MayBeGivenUpAfterManyAttempts) {
  const auto attempts = [](int times) {
    Story story;
    for (int i = 0; i < times; ++i) {
      story.At(i * 1s, "GET /v1/boxes/a").Answered(503).Passing();
    }
    return story;
  };
  EXPECT_EQ(attempts(9).Result(kRecovers), "fail");
  EXPECT_EQ(attempts(10).Result(kRecovers), "not_exercised");
  EXPECT_EQ(attempts(5).Set("recovers.attempts=5").Result(kRecovers), "not_exercised");
}

TEST(Recovers, ALookThatFindsNothingShowsWhatWasDeleted) {
  const auto result = [](std::string_view write, std::string_view look) {
    Story story;
    story.At(0s, write).Answered(500).Applied().Passing();
    story.At(1s, look).Answered(404);
    return story.Result(kRecovers);
  };
  EXPECT_EQ(result("DELETE /v1/boxes/a", "GET /v1/boxes/a"), "pass");
  EXPECT_EQ(result("DELETE /v1/boxes/a", "GET /v1/boxes/b"), "fail");
  EXPECT_EQ(result("PUT /v1/boxes/a", "GET /v1/boxes/a"), "fail");
}

// What only reads has no effect that could be looked up.
TEST(Recovers, ALookElsewhereIsNoneWhereAReadWasGivenUp) {
  Story story;
  story.At(0s, "GET /v1/boxes").LeftAfter(1s).Passing();
  story.At(2s, "GET /v1/boxes/a");
  EXPECT_EQ(story.Result(kRecovers), "fail");
}

// Whoever sends the same twice lest one be slow leaves the slow one when the other has come.
TEST(Recovers, WhoLeavesARequestForItsHedgeHasComeThrough) {
  const auto result = [](Duration patience) {
    Story story;
    story.At(0s, "GET /v1/boxes").LeftAfter(patience).Passing().On(1);
    story.At(150ms, "GET /v1/boxes").After(50ms).On(2);
    return story.Result(kRecovers);
  };
  EXPECT_EQ(result(201ms), "pass");
  EXPECT_EQ(result(1s), "inconclusive") << "it may be another's";
}

TEST(Recovers, AGetOfAnotherThingIsNoLookAtWhatWasMade) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).Passing().Applied();
  story.At(1s, "GET /v1/boxes/another");
  EXPECT_THAT(story.VerdictOf(kRecovers).summary, ::testing::HasSubstr("given up safely"));
  story.At(2s, "GET /v1/boxes");
  EXPECT_THAT(story.VerdictOf(kRecovers).summary, ::testing::HasSubstr("looked up"));
}

}  // namespace
}  // namespace mockduit
