#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kPaginationFollowed = "pagination-followed";

// Three pages, read to the end.
Story ReadPages() {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2").Points("aa");
  story.At(1s, "GET /v1/boxes?limit=2&cursor=aa").Points("bb");
  story.At(2s, "GET /v1/boxes?limit=2&cursor=bb").Points("", 1);
  return story;
}

TEST(PaginationFollowed, PassesWhoReadsToTheEnd) {
  EXPECT_EQ(ReadPages().Result(kPaginationFollowed), "pass");
  EXPECT_EQ(ReadPages().Exercised(kPaginationFollowed), 2u);
}

TEST(PaginationFollowed, IsNotExercisedByOnePageAlone) {
  Story story;
  EXPECT_EQ(story.Result(kPaginationFollowed), "not_exercised");
  story.At(0s, "GET /v1/boxes").Points("");
  story.At(1s, "GET /v1/boxes");
  story.At(2s, "GET /v1/boxes/a").Points("aa");
  EXPECT_EQ(story.Result(kPaginationFollowed), "not_exercised");
}

TEST(PaginationFollowed, FailsACursorThatNobodyFollows) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2").Points("aa");
  story.At(1s, "GET /v1/boxes?limit=2&cursor=aa").Points("bb");
  EXPECT_EQ(story.Result(kPaginationFollowed), "inconclusive") << "a search may stop there";
  EXPECT_THAT(story.Shown(kPaginationFollowed), ElementsAre(ElementsAre(2u)));
  Story first;
  first.At(0s, "GET /v1/boxes?limit=2").Points("aa");
  EXPECT_EQ(first.Result(kPaginationFollowed), "fail");
  EXPECT_THAT(first.Findings(kPaginationFollowed),
              ElementsAre("GET /v1/boxes pointed to a next page, which nobody asked for"));
  EXPECT_THAT(first.Shown(kPaginationFollowed), ElementsAre(ElementsAre(1u)));
}

TEST(PaginationFollowed, AProbeForOneItemIsNoReading) {
  Story story;
  story.At(0s, "GET /v1/lids?limit=1").Points("1", 1);
  EXPECT_EQ(story.Result(kPaginationFollowed), "not_exercised");
  story.At(1s, "GET /v1/lids?limit=2").Points("2");
  story.At(2s, "GET /v1/lids?limit=2&skip=2").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, ASearchMayStopAtWhatItFound) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2").Points("aa").exchange().response.body =
      R"({"items":[{"id":"box_7"}]})";
  story.At(1s, "PATCH /v1/boxes/box_7", kBox);
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
  Story unseen;
  unseen.At(0s, kMake, R"({"name":"Spares"})").Answered(500).Applied();
  unseen.At(1s, "GET /v1/boxes?limit=2").Points("aa").exchange().response.body =
      R"({"items":[{"id":"box_7","name":"Spares"}]})";
  EXPECT_EQ(unseen.Result(kPaginationFollowed), "pass");
}

// Whoever works on a list item by item shows no search, though each is on the page.
TEST(PaginationFollowed, DoubtsThePageWhoseItemsAreUsedOneByOne) {
  constexpr std::string_view kItems = R"({"items":[{"id":"box_7"},{"id":"box_8"}]})";
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2").Points("aa").Answers(std::string(kItems));
  story.At(1s, "DELETE /v1/boxes/box_7");
  story.At(2s, "POST /v1/lids", kBox);
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
  story.At(3s, "DELETE /v1/boxes/box_8");
  EXPECT_EQ(story.Result(kPaginationFollowed), "inconclusive");
  EXPECT_THAT(story.Findings(kPaginationFollowed),
              ElementsAre(testing::HasSubstr("which nobody asked for after 2 items of that page")));
  Story next;
  next.At(0s, "GET /v1/boxes?limit=2").Points("aa").Answers(std::string(kItems));
  next.At(1s, "DELETE /v1/boxes/box_7");
  next.At(2s, "GET /v1/boxes?limit=2").Points("aa").Answers(std::string(kItems));
  next.At(3s, "DELETE /v1/boxes/box_8");
  EXPECT_EQ(next.Result(kPaginationFollowed), "pass") << "two searches";
}

TEST(PaginationFollowed, AFindMayBeUsedByAPathBelowIt) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2")
      .Points("aa")
      .Answers(R"({"items":[{"id":"box_7","v1":1},{"id":"box_8"}]})");
  story.At(1s, "POST /v1/boxes/box_7/paint");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

// It may have been the first there was, or the only one that its client asked for.
TEST(PaginationFollowed, AFindOnAPageOfOneShowsNothing) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=1").Points("aa", 1).Answers(R"({"items":[{"id":"box_7"}]})");
  story.At(1s, "PATCH /v1/boxes/box_7", kBox);
  EXPECT_EQ(story.Result(kPaginationFollowed), "not_exercised");
}

TEST(PaginationFollowed, AWholeReadingForgivesNoOther) {
  Story story = ReadPages();
  story.At(3s, "GET /v1/boxes?limit=2").Points("aa");
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
  EXPECT_THAT(story.Shown(kPaginationFollowed), ElementsAre(ElementsAre(4u)));
}

TEST(PaginationFollowed, FailsACursorThatIsFollowedTwice) {
  Story story = ReadPages();
  story.At(3s, "GET /v1/boxes?limit=2&cursor=aa").Points("bb");
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
  EXPECT_THAT(story.Findings(kPaginationFollowed),
              ElementsAre("GET /v1/boxes was asked for the page at 'aa' 2 times in one reading"));
  EXPECT_THAT(story.Shown(kPaginationFollowed), ElementsAre(ElementsAre(2u, 4u)));
}

TEST(PaginationFollowed, FailsACursorThatNobodyGave) {
  Story story = ReadPages();
  story.At(3s, "GET /v1/boxes?limit=2&cursor=AA").Answered(400);
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
  EXPECT_THAT(story.Findings(kPaginationFollowed),
              ElementsAre("GET /v1/boxes asked for a page at 'AA', which no answer pointed to"));
  EXPECT_THAT(story.Shown(kPaginationFollowed), ElementsAre(ElementsAre(4u)));
}

TEST(PaginationFollowed, AListMayBeReadTwice) {
  Story story = ReadPages();
  story.At(3s, "GET /v1/boxes?limit=2").Points("aa");
  story.At(4s, "GET /v1/boxes?limit=2&cursor=aa").Points("bb");
  story.At(5s, "GET /v1/boxes?limit=2&cursor=bb").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
  EXPECT_EQ(story.Exercised(kPaginationFollowed), 4u);
}

TEST(PaginationFollowed, APageThatFailedIsAskedForAgain) {
  Story story;
  story.At(0s, "GET /v1/boxes").Points("aa");
  story.At(1s, "GET /v1/boxes?cursor=aa").Answered(503);
  story.At(2s, "GET /v1/boxes?cursor=aa").Points("bb").Lost();
  story.At(3s, "GET /v1/boxes?cursor=aa").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, WhoTriedAndFailedHasFollowed) {
  Story story;
  story.At(0s, "GET /v1/boxes").Points("aa");
  story.At(1s, "GET /v1/boxes?cursor=aa").Answered(503);
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, AnAnswerThatGotLostPointsNowhere) {
  Story story;
  story.At(0s, "GET /v1/boxes").Points("aa").Lost();
  EXPECT_EQ(story.Result(kPaginationFollowed), "not_exercised");
}

TEST(PaginationFollowed, ReadsCursorsAsTheyAreMeant) {
  Story story;
  story.At(0s, "GET /v1/boxes").Points("a=b");
  story.At(1s, "GET /v1/boxes?cursor=a%3Db");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, TheLengthOfAPageMayChange) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2").Points("aa");
  story.At(1s, "GET /v1/boxes?cursor=aa&limit=50");
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, AnotherFilterIsAnotherList) {
  Story story;
  story.At(0s, "GET /v1/boxes?color=red").Points("aa");
  story.At(1s, "GET /v1/boxes?cursor=aa");
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
  Story same;
  same.At(0s, "GET /v1/boxes?color=red").Points("aa");
  same.At(1s, "GET /v1/boxes?cursor=aa&color=red");
  EXPECT_EQ(same.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, AnotherCallerReadsByItself) {
  Story story;
  story.At(0s, "GET /v1/boxes").Points("aa");
  story.At(1s, "GET /v1/boxes?cursor=aa").By(2);
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
}

TEST(PaginationFollowed, OffsetsAreFollowedAsCursorsAre) {
  Story story;
  story.At(0s, "GET /v1/lids?limit=2&skip=0").Points("2");
  story.At(1s, "GET /v1/lids?limit=2&skip=2").Points("4");
  story.At(2s, "GET /v1/lids?limit=2&skip=4").Points("", 1);
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
  EXPECT_EQ(story.Exercised(kPaginationFollowed), 2u);
}

TEST(PaginationFollowed, FailsOffsetsThatMissAPart) {
  Story story;
  story.At(0s, "GET /v1/lids?limit=2").Points("2");
  story.At(1s, "GET /v1/lids?limit=2&skip=3").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
}

// Where nothing says that a page is the last one, who got a full page has to ask once more.
TEST(PaginationFollowed, AnEmptyPageMayTellTheEndOfOffsets) {
  Story story;
  story.At(0s, "GET /v1/lids?limit=2").Points("2");
  story.At(1s, "GET /v1/lids?limit=2&skip=2").Points("");
  story.At(2s, "GET /v1/lids?limit=2&skip=4").Points("", 0);
  EXPECT_EQ(story.Result(kPaginationFollowed), "pass");
}

TEST(PaginationFollowed, FailsNobodyForWhatTheJournalNoLongerHas) {
  Story story;
  story.Truncated();
  story.At(2s, "GET /v1/boxes?cursor=bb").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "inconclusive");
  story.At(3s, "GET /v1/boxes").Points("cc");
  EXPECT_EQ(story.Result(kPaginationFollowed), "fail");
}

// The first of two readings is gone but for its second page.
TEST(PaginationFollowed, AReadingThatTheJournalLostInPartIsNoSecondFollowing) {
  Story story;
  story.Truncated();
  story.At(0s, "GET /v1/boxes?cursor=aa").Points("");
  story.At(1s, "GET /v1/boxes").Points("aa");
  story.At(2s, "GET /v1/boxes?cursor=aa").Points("");
  EXPECT_EQ(story.Result(kPaginationFollowed), "inconclusive");
}

}  // namespace
}  // namespace mockduit
