#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::string_view kNoDuplicateCreate = "no-duplicate-create";

TEST(NoDuplicateCreate, FailsWhoCreatesBlindlyAgain) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
  EXPECT_THAT(story.Findings(kNoDuplicateCreate),
              ElementsAre("POST /v1/boxes took effect although it was answered 500, and was sent "
                          "again: there are two now"));
  EXPECT_THAT(story.Shown(kNoDuplicateCreate), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(NoDuplicateCreate, FailsAlsoWhereTheAnswerGotLost) {
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kTruncate, Fault::kMalformedBody,
                            Fault::kMalformedChunk, Fault::kStall}) {
    Story story;
    story.At(0s, kMake, kBox).Answered(201).Lost(fault);
    story.At(1s, kMake, kBox).Answered(201);
    EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail") << FaultName(fault);
  }
}

TEST(NoDuplicateCreate, FailsAlsoWhereARefusalToldWrong) {
  Story story;
  story.At(0s, kMake, kBox).Answered(403).Applied();
  story.At(60s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
}

TEST(NoDuplicateCreate, PassesWhoLooksFirstAndFindsIt) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, "GET /v1/boxes");
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
  EXPECT_EQ(story.Exercised(kNoDuplicateCreate), 1u);
}

TEST(NoDuplicateCreate, LookingIsNoExcuseForTwo) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, "GET /v1/boxes");
  story.At(2s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
}

TEST(NoDuplicateCreate, PassesWhoRemovesOneOfTheTwo) {
  Story after;
  after.At(0s, kMake, kBox).Answered(500).Applied();
  after.At(1s, kMake, kBox).Answered(201);
  after.At(2s, "DELETE /v1/boxes/a");
  EXPECT_EQ(after.Result(kNoDuplicateCreate), "pass");
  Story others;
  others.At(0s, kMake, kBox).Answered(500).Applied();
  others.At(1s, kMake, kBox).Answered(201).exchange().response.body = R"({"id":"b"})";
  others.At(2s, kMake, R"({"name":"c"})").Answered(201).exchange().response.body = R"({"id":"c"})";
  others.At(3s, "DELETE /v1/boxes/c");
  EXPECT_EQ(others.Result(kNoDuplicateCreate), "fail") << "it was about another box";
  others.At(4s, "DELETE /v1/boxes/b");
  EXPECT_EQ(others.Result(kNoDuplicateCreate), "pass");
  Story between;
  between.At(0s, kMake, kBox).Answered(500).Applied();
  between.At(1s, "DELETE /v1/boxes/a");
  between.At(2s, kMake, kBox).Answered(201);
  EXPECT_EQ(between.Result(kNoDuplicateCreate), "pass");
}

TEST(NoDuplicateCreate, OnlyADeleteThatHappenedRemovesOne) {
  Story story;
  story.At(0s, "DELETE /v1/boxes/old");
  story.At(1s, kMake, kBox).Answered(500).Applied();
  story.At(2s, kMake, kBox).Answered(201);
  story.At(3s, "DELETE /v1/boxes/a").Answered(404);
  story.At(4s, "DELETE /v1/lids/a");
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
}

TEST(NoDuplicateCreate, FindsTheTwoThatCameAfterTheLastDelete) {
  constexpr std::string_view kAnother = R"({"name":"Another"})";
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, kBox).Answered(201);
  story.At(2s, "DELETE /v1/boxes/a");
  story.At(3s, kMake, kAnother).Answered(500).Applied();
  story.At(4s, kMake, kAnother).Answered(201);
  EXPECT_THAT(story.Shown(kNoDuplicateCreate), ElementsAre(ElementsAre(4u, 5u)));
}

TEST(NoDuplicateCreate, IsNotExercisedWhereTheClientKnows) {
  Story story;
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "not_exercised");
  story.At(0s, kMake, kBox).Answered(201);
  story.At(1s, kMake, kBox).Answered(201);  // it wants two
  story.At(2s, kMake, R"({"name":"b"})").Answered(500);
  story.At(3s, kMake, R"({"name":"b"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "not_exercised");
}

TEST(NoDuplicateCreate, AnAttemptThatFailsMakesNoSecond) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, kBox).Answered(500);
  story.At(2s, kMake, kBox).Answered(409);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
}

TEST(NoDuplicateCreate, SeesTheSecondBehindAttemptsThatFail) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, kBox).Answered(503);
  story.At(3s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
  EXPECT_THAT(story.Shown(kNoDuplicateCreate), ElementsAre(ElementsAre(1u, 3u)));
}

TEST(NoDuplicateCreate, WhatIsNewInEachAttemptMakesNoOtherCreate) {
  Story story;
  story.At(0s, kMake, R"({"name":"a","request_id":"1"})").Answered(500).Applied();
  story.At(1s, kMake, R"({"name":"a","request_id":"2"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
}

TEST(NoDuplicateCreate, AMadeUpNameMakesNoOtherCreate) {
  Story story;
  story.At(0s, kMake, R"({"name":"src-8d1f"})").Answered(500).Applied();
  story.At(1s, kMake, R"({"name":"src-77b0"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
}

TEST(NoDuplicateCreate, WhoLookedAndMakesAnotherNameMakesAnother) {
  Story story;
  story.At(0s, kMake, R"({"name":"src-8d1f"})").Answered(500).Applied();
  story.At(1s, "GET /v1/boxes");
  story.At(2s, kMake, R"({"name":"src-77b0"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
}

// One more attempt, or the next thing.
TEST(NoDuplicateCreate, ANumberInANameIsInDoubt) {
  const auto result = [](const char* first, const char* second, std::string name = "",
                         std::string one = "", std::string other = "") {
    const auto body = [](std::string_view box) {
      return R"({"name":")" + std::string(box) + R"("})";
    };
    Story story;
    Line lost = story.At(0s, kMake, body(first)).Answered(500).Applied();
    Line next = story.At(1s, kMake, body(second)).Answered(201);
    if (!name.empty()) {
      lost.With(name, std::move(one));
      next.With(name, std::move(other));
    }
    return story.Result(kNoDuplicateCreate);
  };
  EXPECT_EQ(result("src-8", "src-9"), "inconclusive");
  EXPECT_EQ(result("src-8a", "src-3f"), "inconclusive");
  EXPECT_EQ(result("src-1764491696", "src-1764491698"), "inconclusive");
  EXPECT_EQ(result("src-8", "src-9", "X-Mockduit-Call", "a", "a"), "fail");
  EXPECT_EQ(result("src-8", "src-9", "X-Mockduit-Call", "a", "b"), "pass");
  EXPECT_EQ(result("src-8", "src-9", "Idempotency-Key", "a", "a"), "fail");
  EXPECT_EQ(result("src-8", "src-9", "Idempotency-Key", "a", "b"), "inconclusive");
  EXPECT_EQ(result("src-8d1f", "src-77b0", "X-Mockduit-Call", "a", "b"), "pass");
}

TEST(NoDuplicateCreate, SaysWhatIsInDoubtOfANumber) {
  Story story;
  story.At(0s, kMake, R"({"name":"src-8"})").Answered(500).Applied();
  story.At(1s, kMake, R"({"name":"src-9"})").Answered(201);
  const Verdict verdict = story.VerdictOf(kNoDuplicateCreate);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_EQ(verdict.findings[0].code, "no-duplicate-create/another-name");
  EXPECT_EQ(verdict.findings[0].text,
            "POST /v1/boxes took effect although it was answered 500, and was sent with another "
            "number or id in a name: the same once more, or the next thing; let the client look "
            "first, or give each call an identity (X-Mockduit-Call)");
}

// Who goes on to the next number behind a success counts things.
TEST(NoDuplicateCreate, ANumberThatIsSeenToCountThingsMakesAnother) {
  Story story;
  story.At(0s, kMake, R"({"name":"src-1"})").Answered(500).Applied();
  story.At(1s, kMake, R"({"name":"src-2"})").Answered(201);
  story.At(2s, kMake, R"({"name":"src-3"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
  Story ids;
  ids.At(0s, kMake, R"({"name":"src-8d1f"})").Answered(201);
  ids.At(1s, kMake, R"({"name":"src-77b0"})").Answered(500).Applied();
  ids.At(2s, kMake, R"({"name":"src-19ae"})").Answered(201);
  EXPECT_EQ(ids.Result(kNoDuplicateCreate), "inconclusive") << "ids count nothing";
}

TEST(NoDuplicateCreate, SaysWhetherAnybodyLooked) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  EXPECT_THAT(story.VerdictOf(kNoDuplicateCreate).summary, ::testing::HasSubstr("not sent again"));
  story.At(1s, "GET /v1/boxes");
  EXPECT_THAT(story.VerdictOf(kNoDuplicateCreate).summary, ::testing::HasSubstr("looked whether"));
}

TEST(NoDuplicateCreate, AnotherBodyIsAnotherCreate) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, R"({"name":"Another"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
}

// One import for each day, the first of which fails.
TEST(NoDuplicateCreate, AnotherDayIsAnotherCreate) {
  Story story;
  story.At(0s, kMake, R"({"day":"2026-01-14T00:00:00Z"})").Answered(500).Applied();
  story.At(1s, kMake, R"({"day":"2026-01-15T00:00:00Z"})").Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "pass");
}

TEST(NoDuplicateCreate, FailsWhoDoesNotWaitForTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).LeftAfter(4s);
  story.At(5s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "fail");
  EXPECT_THAT(story.Shown(kNoDuplicateCreate), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(NoDuplicateCreate, IsNotExercisedByWhoWaitsForTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).After(30s);
  story.At(30s, kMake, kBox).Answered(201);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "not_exercised");
}

TEST(NoDuplicateCreate, WhoseConnectionIsUsedAgainDidWaitForTheAnswer) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).After(2s).On(1);
  story.At(1s, kMake, kBox).Answered(201).On(2);
  story.At(3s, "GET /v1/boxes").On(1);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "not_exercised");
}

TEST(NoDuplicateCreate, TellsOfEachThatIsTooMany) {
  Story story;
  for (const Duration at : {0s, 1s, 2s}) story.At(at, kMake, kBox).Answered(500).Applied();
  EXPECT_THAT(story.Shown(kNoDuplicateCreate),
              ElementsAre(ElementsAre(1u, 2u), ElementsAre(2u, 3u)));
}

TEST(NoDuplicateCreate, OnlyCreatesCount) {
  Story story;
  story.At(0s, "PATCH /v1/boxes/a", kBox).Answered(500).Applied();
  story.At(1s, "PATCH /v1/boxes/a", kBox);
  EXPECT_EQ(story.Result(kNoDuplicateCreate), "not_exercised");
}

// One of two that overlap: the hedge or what it is a hedge of.
TEST(NoDuplicateCreate, AHedgeIsInDoubtUnlessItIsNamed) {
  const auto result = [](Duration apart, const char* first, const char* second) {
    Story story;
    story.At(0s, kMake, kBox).Answered(201).LeftAfter(3s).On(1).With("X-Mockduit-Call", first);
    story.At(apart, kMake, kBox).Answered(201).On(2).With("X-Mockduit-Call", second);
    return story.Result(kNoDuplicateCreate);
  };
  EXPECT_EQ(result(1s, "", ""), "inconclusive");
  EXPECT_EQ(result(1s, "a", "a"), "fail");
  EXPECT_EQ(result(1s, "a", "b"), "pass");
  EXPECT_EQ(result(1ms, "", ""), "pass") << "two who begin at once";
  Story reversed;
  reversed.At(0s, kMake, kBox).Answered(201).After(5s).On(1);
  reversed.At(1s, kMake, kBox).Answered(201).LeftAfter(1s).On(2);
  EXPECT_EQ(reversed.Result(kNoDuplicateCreate), "inconclusive");
  Story cleaned;
  cleaned.At(0s, kMake, kBox).Answered(201).LeftAfter(3s).On(1);
  cleaned.At(1s, kMake, kBox).Answered(201).Answers(R"({"id":"b"})").On(2);
  cleaned.At(4s, "DELETE /v1/boxes/b").Answered(204);
  EXPECT_EQ(cleaned.Result(kNoDuplicateCreate), "pass");
}

TEST(NoDuplicateCreate, AGetOfAnotherThingIsNoLook) {
  const auto summary = [](std::string_view look) {
    Story story;
    story.At(0s, kMake, kBox).Answers(R"({"id":"mine"})").Lost();
    story.At(1s, look);
    return story.VerdictOf(kNoDuplicateCreate).summary;
  };
  EXPECT_THAT(summary("GET /v1/boxes/another"), ::testing::HasSubstr("not sent again"));
  EXPECT_THAT(summary("GET /v1/boxes/mine"), ::testing::HasSubstr("looked whether"));
}

TEST(NoDuplicateCreate, SaysWhatCameTooLateForARetry) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(11min, kMake, R"({"name":"Another"})");
  EXPECT_THAT(story.VerdictOf(kNoDuplicateCreate).summary,
              ::testing::HasSubstr("not sent again ("));
  story.At(12min, kMake, kBox);
  EXPECT_THAT(story.VerdictOf(kNoDuplicateCreate).summary,
              ::testing::HasSubstr("after so long that it is taken for another"));
}

}  // namespace
}  // namespace mockduit
