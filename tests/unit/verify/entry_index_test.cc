#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/entry_index.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::size_t> IndicesOf(EntryIndex::Some entries) {
  std::vector<std::size_t> indices;
  for (const Entry* entry : entries) indices.push_back(entry->index);
  return indices;
}

TEST(EntryIndex, FindsThoseOfAKeyInAPartOfTheHistory) {
  Story story;
  for (int i = 0; i < 6; ++i) story.At(i * 1s, "GET /v1/boxes");
  const History history = story.MakeHistory();
  EntryIndex index;
  for (const std::size_t even : {0U, 2U, 4U}) index.Add(1, history.entries()[even]);
  index.Add(2, history.entries()[3]);
  EXPECT_THAT(IndicesOf(index.Of(1)), ElementsAre(0u, 2u, 4u));
  EXPECT_THAT(IndicesOf(index.Between(1, 0, 4)), ElementsAre(0u, 2u));
  EXPECT_THAT(IndicesOf(index.Between(1, 1, 3)), ElementsAre(2u));
  EXPECT_THAT(IndicesOf(index.Between(1, 3, 1)), IsEmpty());
  EXPECT_THAT(IndicesOf(index.After(1, history.entries()[2])), ElementsAre(4u));
  EXPECT_THAT(IndicesOf(index.Of(3)), IsEmpty());
}

// Whether something that its caller did there is about "GET /v1/boxes/a", which comes last.
bool IsAboutABox(const std::string& path, std::uint64_t credential = 1) {
  Story story;
  story.At(0s, "PATCH " + path).By(credential);
  story.At(1s, "GET /v1/boxes/a");
  const History history = story.MakeHistory();
  PathIndex index;
  index.Add(history.entries().front());
  const auto any = [](const Entry*) { return true; };
  EXPECT_FALSE(index.AnyAbout(history.entries().back(), 1, 2, any)) << "it is before that";
  return index.AnyAbout(history.entries().back(), 0, 1, any);
}

TEST(PathIndex, FindsWhatIsAtAPathAboveItOrBelowIt) {
  for (const char* path : {"/v1/boxes/a", "/v1/boxes/a/", "/v1/boxes", "/v1", "/v1/boxes/a/lid",
                           "/v1/boxes/a/lid/hinge"}) {
    EXPECT_TRUE(IsAboutABox(path)) << path;
  }
  for (const char* path : {"/v1/boxes/ab", "/v1/boxes/b", "/v1/box", "/v1/lids/a", "/v2"}) {
    EXPECT_FALSE(IsAboutABox(path)) << path;
  }
  EXPECT_FALSE(IsAboutABox("/v1/boxes/a", 2)) << "that was another caller";
}

}  // namespace
}  // namespace mockduit
