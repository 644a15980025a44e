#include "verify/retries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Groups = std::vector<std::vector<std::uint64_t>>;

Groups RetriesIn(const Story& story) {
  const History history = story.MakeHistory();
  Groups ids;
  for (const Retries& retries : RetriesOf(history)) {
    ids.emplace_back();
    for (const Entry* attempt : retries.attempts) ids.back().push_back(attempt->id());
  }
  return ids;
}

TEST(Retries, BeginWithAFailureAndEndWithWhatIsNone) {
  Story story;
  story.At(0s, kMake, kBox);
  story.Waits({1s, 1s}, kMake, kBox, 503, 1s);
  story.At(4s, kMake, kBox);
  story.At(5s, kMake, kBox).Answered(429);
  story.At(6s, kMake, kBox).Answered(400);
  story.At(7s, kMake, kBox).Lost();
  EXPECT_THAT(RetriesIn(story),
              ElementsAre(ElementsAre(2u, 3u, 4u, 5u), ElementsAre(6u, 7u), ElementsAre(8u)));
  const History history = story.MakeHistory();
  const auto retries = RetriesOf(history);
  EXPECT_EQ(retries[0].failures(), 3u);
  EXPECT_EQ(retries[2].failures(), 1u);
  EXPECT_EQ(retries[0].WaitAfter(2), 1s);
}

TEST(Retries, AreNoneWhereNothingFails) {
  Story story;
  story.Waits({1s, 1s}, kMake, kBox, 200);
  EXPECT_THAT(RetriesIn(story), IsEmpty());
}

TEST(Retries, EndWithASilence) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503);
  story.At(10min, kMake, kBox).Answered(503);
  story.At(20min + 1us, kMake, kBox).Answered(429).RetryAfter(1h);
  story.At(20min + 2h + 10min + 1us, kMake, kBox).Answered(503).After(1min);
  story.At(2h + 41min + 1us, kMake, kBox).Answered(503);
  EXPECT_THAT(RetriesIn(story), ElementsAre(ElementsAre(1u, 2u), ElementsAre(3u, 4u, 5u)));
}

TEST(Retries, AWaitBeforeTheAnswerIsNone) {
  Story story;
  story.At(0s, kMake, kBox).Answered(503).After(5s).exchange().abandoned = true;
  story.At(1s, kMake, kBox).Answered(503);
  const History history = story.MakeHistory();
  ASSERT_EQ(RetriesOf(history).size(), 1u);
  EXPECT_EQ(RetriesOf(history).front().WaitAfter(0), 0s);
}

}  // namespace
}  // namespace mockduit
