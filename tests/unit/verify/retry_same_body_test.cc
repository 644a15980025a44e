#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kRetrySameBody = "retry-same-body";

Story Again(std::string_view first, std::string_view second, Duration after = 1s,
            int status = 503) {
  Story story;
  story.At(0s, kMake, first).Answered(status);
  story.At(after, kMake, second);
  return story;
}

TEST(RetrySameBody, PassesTheSameBytes) {
  EXPECT_EQ(Again(kBox, kBox).Result(kRetrySameBody), "pass");
  EXPECT_EQ(Again("no json", "no json").Result(kRetrySameBody), "pass");
}

TEST(RetrySameBody, PassesTheSameJsonInAnotherOrder) {
  EXPECT_EQ(Again(R"({"a":1,"b":{"c":2}})", R"({"b": {"c": 2.0}, "a": 1})").Result(kRetrySameBody),
            "pass");
}

TEST(RetrySameBody, FailsABodyThatIsGone) {
  const Story story = Again(kBox, "");
  EXPECT_EQ(story.Result(kRetrySameBody), "fail");
  EXPECT_THAT(story.Findings(kRetrySameBody),
              ElementsAre("POST /v1/boxes was tried again without its body after 503"));
  EXPECT_THAT(story.Shown(kRetrySameBody), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(RetrySameBody, FailsABodyThatIsCutOff) {
  const Story story = Again(kBox, kBox.substr(0, 10));
  EXPECT_EQ(story.Result(kRetrySameBody), "fail");
  EXPECT_THAT(story.Findings(kRetrySameBody),
              ElementsAre("POST /v1/boxes was tried again with its body cut off after 503"));
}

TEST(RetrySameBody, FailsAnIdOrATimeThatIsMadeAnew) {
  EXPECT_EQ(Again(R"({"name":"a","request_id":"1"})", R"({"name":"a","request_id":"2"})")
                .Result(kRetrySameBody),
            "fail");
  EXPECT_EQ(Again(R"({"name":"a","meta":{"Idempotency-Key":"1"}})",
                  R"({"name":"a","meta":{"Idempotency-Key":"2"}})")
                .Result(kRetrySameBody),
            "fail");
  const Story story = Again(R"({"name":"a","sent":"2026-01-15T10:00:00Z"})",
                            R"({"name":"a","sent":"2026-01-15T10:00:01Z"})");
  EXPECT_EQ(story.Result(kRetrySameBody), "fail");
  EXPECT_THAT(story.Findings(kRetrySameBody),
              ElementsAre("POST /v1/boxes was tried again with another body after 503"));
  EXPECT_EQ(Again(R"({"sent":1768471200})", R"({"sent":1768471201})").Result(kRetrySameBody),
            "fail");
}

TEST(RetrySameBody, TakesAnotherBodyForAnotherCall) {
  EXPECT_EQ(Again(kBox, R"({"name":"Another"})").Result(kRetrySameBody), "not_exercised");
  EXPECT_EQ(Again("one", "two").Result(kRetrySameBody), "not_exercised");
  EXPECT_EQ(Again(R"({"a":[1,2]})", R"({"a":[1,3]})").Result(kRetrySameBody), "not_exercised");
}

// A month after the other, and one account after the other.
TEST(RetrySameBody, TakesTimesAndNumbersThatAreFarApartForAnotherCall) {
  EXPECT_EQ(Again(R"({"from":"2026-01-01T00:00:00Z"})", R"({"from":"2026-02-01T00:00:00Z"})")
                .Result(kRetrySameBody),
            "not_exercised");
  EXPECT_EQ(Again(R"({"account":4155550101})", R"({"account":8885550199})").Result(kRetrySameBody),
            "not_exercised");
}

TEST(RetrySameBody, IsNotExercisedWithoutABodyToRepeat) {
  Story story;
  EXPECT_EQ(story.Result(kRetrySameBody), "not_exercised");
  story.Waits({1s, 1s}, "GET /v1/boxes", "", 503);
  EXPECT_EQ(story.Result(kRetrySameBody), "not_exercised");
}

TEST(RetrySameBody, IsNotExercisedAfterASuccessOrARefusal) {
  EXPECT_EQ(Again(kBox, "", 1s, 201).Result(kRetrySameBody), "not_exercised");
  EXPECT_EQ(Again(kBox, "", 1s, 422).Result(kRetrySameBody), "not_exercised");
}

TEST(RetrySameBody, LooksAtEachFailureOfAPlace) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(1s, kMake, R"({"name":"a"})").Answered(503);
  story.At(700s, kMake, R"({"name":"b"})").Answered(503);
  story.At(701s, kMake, "");
  EXPECT_THAT(story.Shown(kRetrySameBody), ElementsAre(ElementsAre(3u, 4u)));
}

TEST(RetrySameBody, HoldsAfterAnAnswerThatGotLost) {
  Story story;
  story.At(0s, kMake, kBox).Lost(Fault::kTruncate);
  story.At(1s, kMake, "");
  EXPECT_THAT(story.Findings(kRetrySameBody),
              ElementsAre("POST /v1/boxes was tried again without its body after no whole answer "
                          "(truncate)"));
}

TEST(RetrySameBody, LongAfterwardsItIsANewCall) {
  EXPECT_EQ(Again(kBox, "", 10min).Result(kRetrySameBody), "fail");
  EXPECT_EQ(Again(kBox, "", 10min + 1us).Result(kRetrySameBody), "not_exercised");
  EXPECT_EQ(Again(kBox, "", 2s).Set("retry-same-body.within=1s").Result(kRetrySameBody),
            "not_exercised");
}

TEST(RetrySameBody, WhoCameBeforeTheAnswerIsAnother) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).After(2s);
  story.At(1s, kMake, "");
  EXPECT_EQ(story.Result(kRetrySameBody), "not_exercised");
}

TEST(RetrySameBody, NamesHowTheBodyWasSpoilt) {
  constexpr std::string_view kWhole = R"({"name":"a","kind":"box","size":5})";
  const auto told = [&](std::string_view body) {
    return Again(kWhole, body).Findings(kRetrySameBody).at(0);
  };
  EXPECT_THAT(told(R"("{\"name\":\"a\",\"kind\":\"box\",\"size\":5}")"),
              HasSubstr("encoded twice"));
  EXPECT_THAT(told("name=a&kind=box&size=5"), HasSubstr("as a form"));
  EXPECT_THAT(told(R"({"name":"a","kind":"box"})"), HasSubstr("other members"));
  EXPECT_THAT(told(kWhole.substr(0, 20)), HasSubstr("cut off"));
}

TEST(RetrySameBody, SeesThroughWhatTheJournalCut) {
  Story story;  // the same 64 KiB were kept of both, whose ends differ
  const std::string kept(Exchange::kMaxBody, 'x');
  for (int i = 0; i < 2; ++i) {
    Exchange& exchange = story.At(i * Duration(1s), kMake, kept).Answered(503).exchange();
    exchange.request_bytes = kept.size() + 100;
    exchange.marks.body = 1'000U + static_cast<unsigned>(i);
  }
  EXPECT_EQ(story.Result(kRetrySameBody), "not_exercised");
}

}  // namespace
}  // namespace mockduit
