#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kIdempotencyKey = "idempotency-key";
constexpr const char* kKey = "Idempotency-Key";

Story Keyed(const std::vector<const char*>& keys) {
  Story story;
  for (const char* key : keys) {
    Line line =
        story.At(1s * static_cast<int>(story.exchanges().size()), kMake, kBox).Answered(503);
    if (*key != '\0') line.With(kKey, key);
  }
  return story;
}

TEST(IdempotencyKey, PassesTheSameOnEachAttempt) {
  EXPECT_EQ(Keyed({"a", "a", "a"}).Result(kIdempotencyKey), "pass");
  EXPECT_EQ(Keyed({"a", "a", "a"}).Exercised(kIdempotencyKey), 2u);
}

TEST(IdempotencyKey, FailsAnotherOneOrNoneInTheNextAttempt) {
  EXPECT_THAT(Keyed({"a", "b"}).Findings(kIdempotencyKey),
              ElementsAre("POST /v1/boxes was tried again after 503 with another Idempotency-Key"));
  EXPECT_THAT(Keyed({"a", ""}).Findings(kIdempotencyKey),
              ElementsAre("POST /v1/boxes was tried again after 503 without its Idempotency-Key"));
  EXPECT_THAT(Keyed({"a", "b"}).Shown(kIdempotencyKey), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(IdempotencyKey, IsNotExercisedByWhoSendsNone) {
  EXPECT_EQ(Keyed({"", ""}).Result(kIdempotencyKey), "not_exercised");
  EXPECT_EQ(Keyed({"a"}).Result(kIdempotencyKey), "not_exercised");
}

TEST(IdempotencyKey, EachCallHasItsOwn) {
  Story story;
  story.At(0s, kMake, kBox).With(kKey, "a");
  story.At(1s, kMake, R"({"name":"Another"})").With(kKey, "b");
  EXPECT_EQ(story.Result(kIdempotencyKey), "not_exercised");
  story.At(2s, "POST /v1/lids", kBox).With(kKey, "b");
  EXPECT_THAT(story.Findings(kIdempotencyKey),
              ElementsAre("POST /v1/lids had the Idempotency-Key of another call, POST /v1/boxes"));
  EXPECT_THAT(story.Shown(kIdempotencyKey), ElementsAre(ElementsAre(2u, 3u)));
}

TEST(IdempotencyKey, ASpoiltBodyIsStillTheSameCall) {
  Story story;
  story.At(0s, kMake, R"({"name":"a","kind":"box"})").Answered(503).With(kKey, "a");
  story.At(1s, kMake, R"({"name":"a"})").With(kKey, "a");
  EXPECT_EQ(story.Result(kIdempotencyKey), "pass");
}

TEST(IdempotencyKey, ARenewedCredentialIsNoOtherCall) {
  Story story;
  story.At(0s, kMake, kBox).Answered(401).With(kKey, "a");
  story.At(1s, kMake, kBox).With(kKey, "a").By(2);
  EXPECT_EQ(story.Result(kIdempotencyKey), "not_exercised");
}

TEST(IdempotencyKey, ARedirectIsNoOtherCall) {
  Story story;
  story.At(0s, kMake, kBox).Answered(307).With(kKey, "a");
  story.At(1s, "POST /v1/lids", kBox).With(kKey, "a");
  EXPECT_EQ(story.Result(kIdempotencyKey), "not_exercised");
}

// Two that differ in their keys alone, one after the other, each tried twice.
TEST(IdempotencyKey, TwoEqualCallsWithAKeyEachAreTwo) {
  EXPECT_EQ(Keyed({"a", "a", "b", "b"}).Result(kIdempotencyKey), "pass");
}

TEST(IdempotencyKey, OfACallThatCameThroughAnotherCallerHasItsOwn) {
  Story story;
  story.At(0s, kMake, kBox).With(kKey, "a");
  story.At(1s, kMake, kBox).With(kKey, "a");
  EXPECT_EQ(story.Result(kIdempotencyKey), "not_exercised");
  story.At(2s, kMake, kBox).With(kKey, "a").By(2);
  EXPECT_EQ(story.Result(kIdempotencyKey), "inconclusive");
  EXPECT_THAT(story.Shown(kIdempotencyKey), ElementsAre(ElementsAre(1u, 3u)));
}

}  // namespace
}  // namespace mockduit
