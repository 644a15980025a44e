// What the rest of a session tells of two requests that are alike and come at once.
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

constexpr std::string_view kCheck = "retry-after-honoured";

// Two that are alike, at once, on these connections.
Story Pair(std::uint64_t first = 1, std::uint64_t second = 1) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(1s).On(first);
  story.At(5ms, kMake, kBox).On(second);
  return story;
}

TEST(Habits, WhoSendsOnlyWhatFailedTwiceTriesItAgain) {
  Story story = Pair();
  story.At(10ms, kMake, R"({"name":"Others"})");
  EXPECT_EQ(story.Result(kCheck), "fail");
}

TEST(Habits, AloneTheyTellNothing) { EXPECT_EQ(Pair().Result(kCheck), "inconclusive"); }

TEST(Habits, WhoSendsTwiceWhatCameThroughMayHaveDoneSoHere) {
  Story story = Pair();
  story.At(10ms, "GET /v1/lids");
  story.At(11ms, "GET /v1/lids");
  story.At(20ms, kMake, R"({"name":"Others"})");
  EXPECT_EQ(story.Result(kCheck), "inconclusive");
}

TEST(Habits, AnotherConnectionMayBeThatOfAnother) {
  Story story = Pair(1, 2);
  story.At(10ms, kMake, R"({"name":"Others"})").On(2);
  EXPECT_EQ(story.Result(kCheck), "inconclusive");
}

// Nobody who began when it did could have come that late.
TEST(Habits, WhatComesBehindASlowAnswerReactsToIt) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(1s).After(150ms);
  story.At(155ms, kMake, kBox);
  EXPECT_EQ(story.Result(kCheck), "fail");
}

TEST(Habits, WhatAnotherCallerSendsTellsNothing) {
  Story story = Pair();
  story.At(10ms, kMake, R"({"name":"Others"})").By(2);
  EXPECT_EQ(story.Result(kCheck), "inconclusive");
}

}  // namespace
}  // namespace mockduit
