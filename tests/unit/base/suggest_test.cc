#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/suggest.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

TEST(Suggest, NamesWhatABrokenOffWordBegins) {
  EXPECT_EQ(Nearest("retry-after", {"retry-later", "retry-after-honoured"}),
            "retry-after-honoured");
  EXPECT_EQ(Nearest("recovers/", {"recovers/given-up", "recovers"}), "recovers");
  EXPECT_EQ(Nearest("suc", kWords), "") << "too short to tell";
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

TEST(Suggest, TakesTwoMistakesOrOneInThreeLetters) {
  EXPECT_EQ(Nearest("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(Nearest("abcdef", {"abcxyz"}), "");
  EXPECT_EQ(Nearest("abcdefghi", {"abcdefxyz"}), "abcdefxyz");
  EXPECT_EQ(Nearest("abcdefghi", {"abcdewxyz"}), "");
}

TEST(Suggest, TakesOneMistakeInAWordOfAFewLetters) {
  EXPECT_EQ(Nearest("foo", {"log", "for"}), "for");
  EXPECT_EQ(Nearest("foo", {"log"}), "");
  EXPECT_EQ(Nearest("jsn", {"text", "json"}), "json");
  EXPECT_EQ(Nearest("hlth", {"health"}), "health");
}

TEST(Suggest, TakesCapitalsForNoMistake) {
  EXPECT_EQ(Nearest("AZAZ", {"azaz", "bzbz"}), "azaz");
  EXPECT_EQ(Nearest("zzz", {"ZZZ"}), "ZZZ");
  EXPECT_EQ(Nearest("aaa", {"AAA"}), "AAA");
}

TEST(Suggest, ListsTheNearFirst) {
  const std::vector<std::string> words = {"success", "succeeds", "failure", "succeeded"};
  EXPECT_THAT(NearestFirst("succeed", words, 3), ElementsAre("succeeds", "success", "succeeded"));
  EXPECT_THAT(NearestFirst("succeed", words, 1), ElementsAre("succeeds"));
}

TEST(Suggest, ListsNothingThatIsFar) {
  EXPECT_THAT(NearestFirst("x", {"a"}, 3), IsEmpty());
  EXPECT_THAT(NearestFirst("qqqqzz", {"quota", "success"}, 3), IsEmpty());
  EXPECT_EQ(NearDistance("/zzz/qqq", "/v1/proxy"), std::nullopt);
  EXPECT_EQ(NearDistance("/groups", "/v1/groups"), 3);
}

TEST(Suggest, ComparesLongWordsByTheirBeginnings) {
  const std::string word(100'000, 'a');
  EXPECT_EQ(NearestFirst(word, {"b", word}, 1), std::vector{word});
}

// The definition, by a table: an insertion, a deletion, a change or a swap of neighbours is a step.
std::size_t DistanceByTable(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        steps[i][j] = i + j;
        continue;
      }
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1,
                              steps[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
      }
    }
  }
  return steps[a.size()][b.size()];
}

TEST(Suggest, OrdersAsTheTableOfDistancesDoes) {
  std::mt19937 random(7);
  const auto draw = [&] {
    std::string word(40 + random() % 25, ' ');
    for (char& c : word) c = static_cast<char>('a' + random() % 3);
    return word;
  };
  for (int round = 0; round < 200; ++round) {
    const std::string word = draw();
    std::vector<std::string> known(12);
    for (std::string& each : known) each = draw();
    std::vector<std::string> expected = known;
    const auto distance = [&](const std::string& each) { return DistanceByTable(word, each); };
    std::erase_if(expected, [&](const std::string& each) { return !NearDistance(word, each); });
    std::ranges::stable_sort(expected, {}, distance);
    for (const std::string& each : known) {
      EXPECT_EQ(NearDistance(word, each).value_or(distance(each)), distance(each)) << word;
    }
    EXPECT_EQ(NearestFirst(word, known, known.size()), expected) << word;
  }
}

TEST(Suggest, TellsAllTheNearestFirst) {
  const std::vector<std::string> known = {"airweave", "fivetran", "supermetrics"};
  EXPECT_EQ(DidYouMeanOf("nope", known), "; there are airweave, fivetran, supermetrics");
  EXPECT_EQ(DidYouMeanOf("supermetric", known),
            "; did you mean 'supermetrics'?; there are supermetrics, airweave, fivetran");
  EXPECT_EQ(DidYouMeanOf("super", known),
            "; did you mean 'supermetrics'?; there are supermetrics, airweave, fivetran");
  EXPECT_EQ(DidYouMeanOf("nope", {}), "");
}

TEST(Suggest, JoinsWordsWithOr) {
  EXPECT_EQ(OrList({}), "");
  EXPECT_EQ(OrList({"a"}), "a");
  EXPECT_EQ(OrList({"a", "b"}), "a or b");
  EXPECT_EQ(OrList({"a", "b", "c"}), "a, b or c");
}

}  // namespace
}  // namespace mockduit
