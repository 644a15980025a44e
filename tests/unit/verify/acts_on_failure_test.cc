#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kActsOnFailure = "acts-on-failure";
constexpr const char* kDented = R"({"id":"box_1","state":"dented","parts":[]})";

// A box that is made, but dented, and one more request.
Story Making(std::string body, std::string_view next) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).Answers(std::move(body));
  if (!next.empty()) story.At(1s, next, kBox);
  return story;
}

TEST(ActsOnFailure, FailsWhoCarriesOn) {
  const Story story = Making(kDented, "POST /v1/boxes/box_1/paint");
  EXPECT_THAT(
      story.Findings(kActsOnFailure),
      ElementsAre("POST /v1/boxes was answered 201, with a failure in state, and its client "
                  "carried on with POST /v1/boxes/box_1/paint"));
  EXPECT_THAT(story.Shown(kActsOnFailure), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(ActsOnFailure, PassesWhoMendsOrDropsIt) {
  EXPECT_EQ(Making(kDented, "PATCH /v1/boxes/box_1").Result(kActsOnFailure), "pass");
  EXPECT_EQ(Making(kDented, "DELETE /v1/boxes/box_1").Result(kActsOnFailure), "pass");
}

TEST(ActsOnFailure, FailsWhoOnlySetsItGoing) {
  for (const auto& [change, result] : {std::pair(R"({"shut": false})", "fail"),
                                       {R"({"shut": true})", "pass"},
                                       {R"({"shut": false, "name": "Mended"})", "pass"}}) {
    Story story = Making(kDented, "");
    story.At(1s, "PATCH /v1/boxes/box_1", change);
    EXPECT_EQ(story.Result(kActsOnFailure), result) << change;
  }
}

TEST(ActsOnFailure, AChangeThatCameToNothingMendsNothing) {
  Story story = Making(kDented, "");
  story.At(1s, "PATCH /v1/boxes/box_1", kBox).Answered(400);
  story.At(2s, "POST /v1/boxes/box_1/paint");
  EXPECT_EQ(story.Result(kActsOnFailure), "fail");
}

TEST(ActsOnFailure, PassesWhoUsesItOnceALookHasShownItWell) {
  Story story = Making(kDented, "");
  story.At(1s, "GET /v1/boxes/box_1").Answers(kDented);
  story.At(2s, "GET /v1/boxes/box_1").Answers(R"({"id":"box_1","state":"good"})");
  story.At(3s, "POST /v1/boxes/box_1/paint");
  EXPECT_EQ(story.Result(kActsOnFailure), "pass");
}

TEST(ActsOnFailure, ALookThatDoesNotShowItWellExcusesNothing) {
  for (const char* seen : {kDented, R"({"id":"box_1"})", "no JSON"}) {
    Story story = Making(kDented, "");
    story.At(1s, "GET /v1/boxes/box_1").Answers(seen);
    story.At(2s, "POST /v1/boxes/box_1/paint");
    EXPECT_EQ(story.Result(kActsOnFailure), "fail") << seen;
  }
}

TEST(ActsOnFailure, IsADoubtWhereNothingFollows) {
  const Story story = Making(kDented, "");
  EXPECT_EQ(story.Result(kActsOnFailure), "inconclusive");
  EXPECT_THAT(story.Findings(kActsOnFailure), ElementsAre(HasSubstr("nothing followed")));
  EXPECT_EQ(Making(kDented, "GET /v1/boxes/box_1").Result(kActsOnFailure), "inconclusive")
      << "a look alone shows nothing";
  EXPECT_EQ(Making(kDented, "POST /v1/boxes/box_2/paint").Result(kActsOnFailure), "inconclusive")
      << "this is another box";
}

TEST(ActsOnFailure, IsNotExercisedByASuccessThatIsOne) {
  EXPECT_EQ(Making(R"({"id":"box_1","state":"good"})", "POST /v1/boxes/box_1/paint")
                .Result(kActsOnFailure),
            "not_exercised");
  EXPECT_EQ(Making("no JSON", "").Result(kActsOnFailure), "not_exercised");
}

TEST(ActsOnFailure, LooksIntoLists) {
  const std::string part = R"({"id":"box_1","parts":[{"state":"good"},{"state":"broken"}]})";
  EXPECT_EQ(Making(part, "POST /v1/boxes/box_1/paint").Result(kActsOnFailure), "fail");
}

}  // namespace
}  // namespace mockduit
