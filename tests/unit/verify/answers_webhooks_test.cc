#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kAnswersWebhooks = "answers-webhooks";

TEST(AnswersWebhooks, PassesWhoTakesThem) {
  Story story;
  story.Delivered({.event = "box_made", .taken = true, .attempts = {{500}, {200}}});
  EXPECT_EQ(story.Result(kAnswersWebhooks), "pass");
}

TEST(AnswersWebhooks, FailsWhoDoesNot) {
  Story story;
  story.Delivered({.event = "box_made", .problem = "it answered 500", .attempts = {{}, {}, {500}}});
  story.Delivered({.event = "box_gone", .taken = true, .attempts = {{200}}});
  EXPECT_THAT(story.Findings(kAnswersWebhooks),
              ElementsAre("the event box_made was not taken by its webhook: it answered 500, 3 "
                          "attempts"));
  EXPECT_EQ(story.Exercised(kAnswersWebhooks), 2u);
}

TEST(AnswersWebhooks, WhatWasNotSentIsADoubt) {
  Story story;
  story.Delivered(
      {.event = "box_made", .problem = "https://example.com may not be called", .attempts = {{}}});
  EXPECT_EQ(story.Result(kAnswersWebhooks), "inconclusive");
  EXPECT_THAT(story.Findings(kAnswersWebhooks),
              ElementsAre(::testing::HasSubstr("--webhook-allow")));
}

// An event that was delivered at 0 s and, since the first answer was 500, at 5 s, for 100 ms each
// time; and creates at some times.
class Redelivered : public Story {
 public:
  explicit Redelivered(const std::vector<Duration>& creates, int last_status = 200) {
    for (const Duration at : creates) Story::At(at, kMake, kBox).Answered(201);
    Delivered({.event = "box_full",
               .taken = last_status == 200,
               .attempts = {Try(500, 0s), Try(last_status, 5s)}});
  }
  static History::Delivery::Attempt Try(int status, Duration at) {
    return {status, kMorning + at, kMorning + at + 100ms};
  }
  std::string Result() const { return Story::Result(kAnswersWebhooks); }
};

TEST(AnswersWebhooks, FailsWhoHandlesAnEventTwice) {
  const Redelivered story({10ms, 5'010ms});
  EXPECT_THAT(story.Findings(kAnswersWebhooks),
              ElementsAre("the event box_full was delivered 2 times, and POST /v1/boxes made the "
                          "same thing in 2 of them"));
  EXPECT_THAT(story.Shown(kAnswersWebhooks), ElementsAre(ElementsAre(1u, 2u)));
  EXPECT_EQ(story.VerdictOf(kAnswersWebhooks).findings.front().code,
            "answers-webhooks/handled-twice");
}

TEST(AnswersWebhooks, PassesWhoKnowsItAgain) {
  EXPECT_EQ(Redelivered({10ms}).Result(), "pass");
  EXPECT_EQ(Redelivered({5'010ms}).Result(), "pass");
}

// What else may have been the reason is no fault.
TEST(AnswersWebhooks, IsSilentOnEqualCreatesForAnotherReason) {
  EXPECT_EQ(Redelivered({10ms, 5'100ms}).Result(), "pass") << "after the delivery";
  EXPECT_EQ(Redelivered({10ms, 5'010ms, 9s}).Result(), "pass") << "made at other times, too";
  EXPECT_EQ(Redelivered({10ms, 20ms}).Result(), "pass") << "twice in one delivery";

  Redelivered another_event({10ms, 5'010ms});
  another_event.Delivered(
      {.event = "box_made", .taken = true, .attempts = {Redelivered::Try(200, 5s)}});
  EXPECT_EQ(another_event.Result(), "pass");

  Redelivered other_things({10ms});
  other_things.At(5'010ms, kMake, R"({"name":"Lids"})").Answered(201);
  EXPECT_EQ(other_things.Result(), "pass");
  Redelivered another_caller({10ms});
  another_caller.At(5'010ms, kMake, kBox).Answered(201).By(2);
  EXPECT_EQ(another_caller.Result(), "pass");
  Redelivered looks({});
  looks.Each({10ms, 5'010ms}, "GET /v1/boxes", "", 200);
  EXPECT_EQ(looks.Result(), "pass");
}

TEST(AnswersWebhooks, IsSilentWhereTheSecondCreateMendsTheFirst) {
  Redelivered failed({});
  failed.At(10ms, kMake, kBox).Answered(500);
  failed.At(5'010ms, kMake, kBox).Answered(201);
  EXPECT_EQ(failed.Result(), "pass") << "nothing was made the first time";
  Redelivered unseen({});
  unseen.At(10ms, kMake, kBox).Answered(500).Applied();
  unseen.At(5'010ms, kMake, kBox).Answered(201);
  EXPECT_EQ(unseen.Result(), "pass") << "no-duplicate-create judges it";
  Redelivered deleted({10ms});
  deleted.At(50ms, "DELETE /v1/boxes/a");
  deleted.At(5'010ms, kMake, kBox).Answered(201);
  EXPECT_EQ(deleted.Result(), "pass");
  Redelivered keyed({});
  keyed.At(10ms, kMake, kBox).Answered(201).With("Idempotency-Key", "a");
  keyed.At(5'010ms, kMake, kBox).Answered(201).With("Idempotency-Key", "a");
  EXPECT_EQ(keyed.Result(), "pass") << "it says that it is the same";
}

// An address where nobody answers holds a delivery open for long.
TEST(AnswersWebhooks, IsSilentWhereTheLastDeliveryWentNowhere) {
  EXPECT_THAT(Redelivered({10ms, 5'010ms}, 0).VerdictOf(kAnswersWebhooks).findings,
              ElementsAre(::testing::Field(&Finding::code, "answers-webhooks/not-taken")));
}

}  // namespace
}  // namespace mockduit
