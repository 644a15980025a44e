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
                          "(body.name: type string)"));
  EXPECT_THAT(story.Shown(kRequestsValid), ElementsAre(ElementsAre(1u, 2u, 3u)));
}

TEST(RequestsValid, IsNotExercisedWhereNoOperationWasCalled) {
  Story story;
  story.At(0s, "GET /nowhere").Answered(404);
  EXPECT_EQ(story.Result(kRequestsValid), "not_exercised");
}

}  // namespace
}  // namespace mockduit
