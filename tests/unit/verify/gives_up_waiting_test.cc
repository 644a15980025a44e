#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kGivesUpWaiting = "gives-up-waiting";

TEST(GivesUpWaiting, PassesWhoLeaves) {
  Story story;
  story.At(0s, "GET /v1/boxes").Lost(Fault::kStall).LeftAfter(3s);
  EXPECT_EQ(story.Result(kGivesUpWaiting), "pass");
  EXPECT_EQ(story.VerdictOf(kGivesUpWaiting).summary,
            "the client of GET /v1/boxes left after 3 s without its answer (seen 1 time)");
}

TEST(GivesUpWaiting, FailsWhoWaitsForLong) {
  Story story;
  story.At(0s, "GET /v1/boxes").Lost(Fault::kStall).LeftAfter(90s);
  EXPECT_THAT(
      story.Findings(kGivesUpWaiting),
      ElementsAre("the client of GET /v1/boxes waited 1 min 30 s for its answer; 1 min 30 s are "
                  "enough"));
  EXPECT_EQ(story.Set("gives-up-waiting.most=91s").Result(kGivesUpWaiting), "pass");
  Story came;
  came.At(0s, "GET /v1/boxes").After(2min);
  EXPECT_EQ(came.Result(kGivesUpWaiting), "fail") << "though the answer came";
}

TEST(GivesUpWaiting, IsNotExercisedByAnswersThatCome) {
  Story story;
  story.At(0s, "GET /v1/boxes").After(89s);
  EXPECT_EQ(story.Result(kGivesUpWaiting), "not_exercised");
}

TEST(GivesUpWaiting, CannotJudgeWhatIsStillUnderWay) {
  Story story;
  story.At(0s, "GET /v1/boxes").exchange().wire->ended = Time{};
  EXPECT_EQ(story.Result(kGivesUpWaiting), "not_exercised");
}

}  // namespace
}  // namespace mockduit
