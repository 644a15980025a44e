#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kAnswersWebhooks = "answers-webhooks";

TEST(AnswersWebhooks, PassesWhoTakesThem) {
  Story story;
  story.Delivered({.event = "box_made", .taken = true, .attempts = 2});
  EXPECT_EQ(story.Result(kAnswersWebhooks), "pass");
}

TEST(AnswersWebhooks, FailsWhoDoesNot) {
  Story story;
  story.Delivered({.event = "box_made", .problem = "it answered 500", .attempts = 3});
  story.Delivered({.event = "box_gone", .taken = true, .attempts = 1});
  EXPECT_THAT(story.Findings(kAnswersWebhooks),
              ElementsAre("the event box_made was not taken by its webhook: it answered 500, 3 "
                          "attempts"));
  EXPECT_EQ(story.Exercised(kAnswersWebhooks), 2u);
}

TEST(AnswersWebhooks, WhatWasNotSentIsADoubt) {
  Story story;
  story.Delivered(
      {.event = "box_made", .problem = "https://example.com may not be called", .attempts = 1});
  EXPECT_EQ(story.Result(kAnswersWebhooks), "inconclusive");
  EXPECT_THAT(story.Findings(kAnswersWebhooks),
              ElementsAre(::testing::HasSubstr("--webhook-allow")));
}

TEST(AnswersWebhooks, IsNotExercisedWithoutDeliveries) {
  EXPECT_EQ(Story().Result(kAnswersWebhooks), "not_exercised");
}

}  // namespace
}  // namespace mockduit
