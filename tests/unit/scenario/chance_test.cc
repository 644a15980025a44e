// What a script does by time and by chance: when, chance, delays; and how it is kept.
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/delay.h"
#include "scenario/read/scenario.h"
#include "scenario/script.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ChanceTest : public ::testing::Test {
 protected:
  std::shared_ptr<const Scenario> Read(const std::string& rules) {
    auto scenario = ReadScenario({"s.yaml", "scenario: s\nrules:\n" + rules}, catalog_);
    EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().front().Text());
    return *scenario;
  }
  Script Made(const std::string& rules, std::uint64_t seed = 7) {
    return Script(Read(rules), Time(), seed);
  }
  static Taken Take(Script& script, Duration at = {}) {
    static const Request kRequest{.method = "POST"};
    return script.Take({"acme.create_widget", &kRequest, "/widgets/1"}, Time() + at);
  }
  // A letter for each request: the first of its outcome, or '-'.
  static std::string Run(Script& script, int requests) {
    std::string run;
    for (int i = 0; i < requests; ++i) {
      const Taken taken = Take(script);
      run += taken.play != nullptr ? taken.play->outcome.front() : '-';
    }
    return run;
  }

  const Catalog catalog_ = AcmeCatalog();
};

constexpr const char* kSometimes =
    "- play: [{outcome: rate_limited, chance: 0.3, times: forever}]\n";

TEST_F(ChanceTest, GivesTheSameSequenceForTheSameSeed) {
  Script one = Made(kSometimes);
  Script two = Made(kSometimes);
  Script other = Made(kSometimes, 8);
  const std::string run = Run(one, 200);
  EXPECT_EQ(run, Run(two, 200));
  EXPECT_NE(run, Run(other, 200));
  const auto hits = std::ranges::count(run, 'r');
  EXPECT_GT(hits, 40);
  EXPECT_LT(hits, 80);
}

TEST_F(ChanceTest, PassesOverAPlayWithoutConsumingIt) {
  Script script =
      Made("- play: [{outcome: rate_limited, chance: 0.5, times: 3}, {outcome: unauthorized}]\n");
  const std::string run = Run(script, 40);
  EXPECT_EQ(std::ranges::count(run, 'r'), 3) << run;
  EXPECT_EQ(std::ranges::count(run, 'u'), 1) << run;
  EXPECT_LT(run.find('u'), run.rfind('r')) << "the next play stands in for one that is passed over";
  EXPECT_TRUE(script.Completed());
}

TEST_F(ChanceTest, OwesNothingThatOnlyComesByChance) { EXPECT_TRUE(Made(kSometimes).Completed()); }

TEST_F(ChanceTest, IsInForceOnlyWhenItIsSaid) {
  Script script = Made(
      "- when: {after: 10s, until: 40s}\n  play: [{outcome: rate_limited, times: forever}]\n"
      "- play: [{outcome: unauthorized, times: forever}]\n");
  EXPECT_EQ(Take(script, seconds(0)).play->outcome, "unauthorized");
  EXPECT_EQ(Take(script, milliseconds(9'999)).play->outcome, "unauthorized");
  EXPECT_EQ(Take(script, seconds(10)).play->outcome, "rate_limited");
  EXPECT_EQ(Take(script, milliseconds(39'999)).play->outcome, "rate_limited");
  EXPECT_EQ(Take(script, seconds(40)).play->outcome, "unauthorized");
}

TEST_F(ChanceTest, DrawsDelays) {
  Script script = Made(
      "- play: [{delay: 150ms}, {delay: {min: 1s, max: 2s}, times: 50},"
      " {delay: {median: 100ms, p99: 1s}, times: 500}, {outcome: success}]\n");
  EXPECT_EQ(Take(script).delay, milliseconds(150));
  for (int i = 0; i < 50; ++i) {
    const Duration delay = Take(script).delay;
    EXPECT_GE(delay, seconds(1));
    EXPECT_LE(delay, seconds(2));
  }
  int below_median = 0;
  int above_p99 = 0;
  for (int i = 0; i < 500; ++i) {
    const Duration delay = Take(script).delay;
    below_median += delay < milliseconds(100) ? 1 : 0;
    above_p99 += delay > seconds(1) ? 1 : 0;
  }
  EXPECT_NEAR(below_median, 250, 40);
  EXPECT_LE(above_p99, 15);
  EXPECT_EQ(Take(script).delay, Duration(0));
}

TEST(Delay, IsCutToTheLongest) {
  Random random(1);
  const Delay delay{Delay::Kind::kLogNormal, std::chrono::minutes(59), std::chrono::hours(1)};
  for (int i = 0; i < 1000; ++i) EXPECT_LE(delay.Draw(random), kMaxDelay);
}

TEST_F(ChanceTest, IsKeptAndTakenUpAgain) {
  const auto scenario = Read(
      "- name: a\n  play: [{outcome: rate_limited, chance: 0.5, times: 20},"
      " {outcome: unauthorized, times: 2}]\n  then: repeat\n");
  Script whole(scenario, Time() + seconds(5), 7);
  Script first(scenario, Time() + seconds(5), 7);
  const std::string begin = Run(first, 10);
  Script second(scenario, Time(), 99);
  ASSERT_TRUE(second.Restore(*Json::Parse(first.Save().Dump())));
  EXPECT_EQ(begin + Run(second, 50), Run(whole, 60));
  EXPECT_EQ(second.begun(), Time() + seconds(5));
  EXPECT_EQ(second.Progress().Dump(), whole.Progress().Dump());
}

TEST_F(ChanceTest, TakesUpNothingThatFitsAnotherScenario) {
  Script script = Made(kSometimes);
  const Json saved = script.Save();
  EXPECT_FALSE(Made("- play: [{outcome: rate_limited}, {outcome: unauthorized}]\n").Restore(saved));
  EXPECT_FALSE(Made("- match: {path: /widgets/1}\n  play: [{outcome: rate_limited}]\n- play: []\n")
                   .Restore(saved));
  for (const char* member : {"begun", "draws", "rules", "limits"}) {
    Json broken = saved;
    broken.Set(member, "?");
    EXPECT_FALSE(script.Restore(broken)) << member;
  }
}

TEST_F(ChanceTest, TakesUpNoNumberOfDrawsThatNoScriptHas) {
  Script script = Made(kSometimes);
  Json saved = script.Save();
  for (const std::int64_t draws : {std::int64_t{-1}, std::int64_t{10'000'000'001}}) {
    saved.Set("draws", draws);
    EXPECT_FALSE(script.Restore(saved)) << draws;
  }
}

TEST_F(ChanceTest, TakesUpNoCountsOfPlaysThatItDoesNotHave) {
  Script script = Made(kSometimes);
  for (const char* counts : {"played", "used"}) {
    for (const Json& wrong : {Json(), Json::MakeArray({1, 1})}) {
      Json saved = script.Save();
      Json rule = *saved.At("/rules/0");
      rule.Set(counts, wrong);
      saved.Set("rules", Json::MakeArray({rule}));
      EXPECT_FALSE(script.Restore(saved)) << counts << " " << wrong.Dump();
    }
  }
}

}  // namespace
}  // namespace mockduit
