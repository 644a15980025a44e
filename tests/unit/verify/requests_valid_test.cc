#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kRequestsValid = "requests-valid";

TEST(RequestsValid, PassesWhatTheContractTakes) {
  Story story;
  story.At(0s, kMake, kBox);
  story.At(1s, "GET /nowhere");
  EXPECT_EQ(story.Result(kRequestsValid), "pass");
  EXPECT_EQ(story.Exercised(kRequestsValid), 1u);
}

TEST(RequestsValid, FailsWhatItRefusesWhateverTheAnswerWas) {
  Story story;
  for (const int status : {400, 429, 201}) {
    story.At(0s, kMake, kBox).Answered(status).exchange().violation = "body.name: type string";
  }
  EXPECT_THAT(story.Findings(kRequestsValid),
              ElementsAre("POST /v1/boxes was sent 3 times, but shop.create_box refuses it "
                          "(body.name: type string): the client's fault"));
  EXPECT_THAT(story.Shown(kRequestsValid), ElementsAre(ElementsAre(1u, 2u, 3u)));
}

// Nothing says by which of the two documents the client goes.
TEST(RequestsValid, IsInDoubtWhereTheEditionsContradictEachOther) {
  Story story;
  for (int i = 0; i < 2; ++i) {
    Exchange& exchange = story.At(0s, kMake, kBox).Answered(400).exchange();
    exchange.violation = "body.name: type string";
    exchange.allowed_by = "v2";
  }
  EXPECT_EQ(story.Result(kRequestsValid), "inconclusive");
  EXPECT_THAT(story.Findings(kRequestsValid),
              ElementsAre("POST /v1/boxes was sent 2 times, but shop.create_box refuses it "
                          "(body.name: type string) in edition v1, and edition v2 takes it: the "
                          "documents contradict each other; pin the session to the edition that "
                          "the client goes by"));
  EXPECT_EQ(story.VerdictOf(kRequestsValid).findings.front().code,
            "requests-valid/refused-by-one-edition");
  story.At(1s, kMake, kBox).Answered(400).exchange().violation = "body.name: required";
  EXPECT_EQ(story.Result(kRequestsValid), "fail") << "what both refuse is a fault all the same";
}

TEST(RequestsValid, IsNotExercisedWhereNoOperationWasCalled) {
  Story story;
  story.At(0s, "GET /nowhere").Answered(404);
  EXPECT_EQ(story.Result(kRequestsValid), "not_exercised");
}

}  // namespace
}  // namespace mockduit
