#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/suggest.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

const std::vector<std::string> kWords = {"rate-limited", "server-error", "success", "forbidden"};

TEST(Suggest, NamesTheNearestWord) {
  const std::pair<std::string_view, std::string_view> kMeant[] = {
      {"rate_limited", "rate-limited"},  // one letter other
      {"succes", "success"},             // one too few
      {"successs", "success"},           // one too many
      {"sucecss", "success"},            // two swapped
      {"forbiden", "forbidden"},
      {"Rate-Limited", "rate-limited"},  // case does not count
  };
  for (const auto& [typed, meant] : kMeant) EXPECT_EQ(Nearest(typed, kWords), meant);
}

TEST(Suggest, NamesNothingWhereNothingIsNear) {
  for (const std::string_view typed : {"x", "zebra", "completely-different", ""}) {
    EXPECT_EQ(Nearest(typed, kWords), "") << typed;
  }
}

TEST(Suggest, PrefersOneSwapToTwoChanges) {
  EXPECT_EQ(Nearest("gte", {"gt", "get"}), "gt") << "the first of two at the same distance";
  EXPECT_EQ(Nearest("teh", {"tea", "the"}), "tea");
  EXPECT_EQ(Nearest("mathces", {"marches", "matches"}), "matches");
}

TEST(Suggest, MakesAHalfSentence) {
  EXPECT_EQ(DidYouMean("succes", kWords), "; did you mean 'success'?");
  EXPECT_EQ(DidYouMean("zebra", kWords), "");
  EXPECT_EQ(DidYouMean("anything", {}), "");
}

TEST(Suggest, ListsTheNearestFirstHoweverFar) {
  EXPECT_THAT(NearestFirst("succeed", kWords, 2), ElementsAre("success", "forbidden"));
  EXPECT_THAT(NearestFirst("x", {"a"}, 3), ElementsAre("a"));
}

TEST(Suggest, ComparesLongWordsByTheirBeginnings) {
  const std::string word(100'000, 'a');
  EXPECT_EQ(NearestFirst(word, {"b", word}, 1), std::vector{word});
}

TEST(Suggest, JoinsWordsWithOr) {
  EXPECT_EQ(OrList({}), "");
  EXPECT_EQ(OrList({"a"}), "a");
  EXPECT_EQ(OrList({"a", "b"}), "a or b");
  EXPECT_EQ(OrList({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace mockduit
