#include "scenario/script.h"

#include <gtest/gtest.h>

#include "scenario/read/scenario.h"
#include "scenario/scenario_library.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

class ScriptTest : public ::testing::Test {
 protected:
  Script Made(const std::string& rules) {
    auto scenario = ReadScenario({"s.yaml", "scenario: s\nrules:\n" + rules}, catalog_);
    EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().front().Text());
    return Script(*scenario, Time(), 7);
  }

  // The next play: its outcome, or "-" where none is left.
  std::string Next(Script& script, const std::string& path = "/widgets/1", Duration after = {}) {
    const Taken taken = Take(script, path, after);
    return taken.play != nullptr ? taken.play->outcome : "-";
  }

  Taken Take(Script& script, const std::string& path = "/widgets/1", Duration after = {}) {
    request_.method = "POST";
    return script.Take({"acme.create_widget", &request_, path}, Time() + after);
  }

  std::string Run(Script& script, int requests) {
    std::string run;
    for (int i = 0; i < requests; ++i) run += (i > 0 ? " " : "") + Next(script);
    return run;
  }

  const Catalog catalog_ = AcmeCatalog();
  Request request_;
};

constexpr const char* kTwoThenOne =
    "- play: [{outcome: rate_limited, times: 2}, {outcome: unauthorized}]\n";

TEST_F(ScriptTest, ConsumesEachPlayExactlyAndThenPasses) {
  Script script = Made(kTwoThenOne);
  EXPECT_EQ(Run(script, 6), "rate_limited rate_limited unauthorized - - -");
}

TEST_F(ScriptTest, HasMetARequestOnceAPlayAnsweredOne) {
  Script script = Made("- match: {path: /widgets/1}\n  play: [{outcome: rate_limited}]\n");
  EXPECT_TRUE(script.scenario()->HasFailures());
  EXPECT_EQ(Next(script, "/widgets/2"), "-");
  EXPECT_FALSE(script.HasMet());
  EXPECT_EQ(Next(script), "rate_limited");
  EXPECT_TRUE(script.HasMet());
  EXPECT_FALSE(Made("- match: {path: /widgets/1}\n").scenario()->HasFailures());
}

TEST_F(ScriptTest, RepeatsFromTheStart) {
  Script script = Made(std::string(kTwoThenOne) + "  then: repeat\n");
  EXPECT_EQ(Run(script, 7),
            "rate_limited rate_limited unauthorized rate_limited rate_limited unauthorized "
            "rate_limited");
}

TEST_F(ScriptTest, HoldsTheLastPlay) {
  Script script = Made(std::string(kTwoThenOne) + "  then: hold\n");
  EXPECT_EQ(Run(script, 5), "rate_limited rate_limited unauthorized unauthorized unauthorized");
}

TEST_F(ScriptTest, PlaysForever) {
  Script script =
      Made("- play: [{outcome: unauthorized}, {outcome: rate_limited, times: forever}]\n");
  EXPECT_EQ(Run(script, 4), "unauthorized rate_limited rate_limited rate_limited");
}

TEST_F(ScriptTest, IsDecidedByTheFirstRuleThatMatches) {
  Script script = Made(
      "- match: {path: \"/widgets/{size}\"}\n  play: [{outcome: unauthorized}]\n"
      "- play: [{outcome: rate_limited, times: forever}]\n");
  EXPECT_EQ(Next(script, "/widgets/1"), "unauthorized");
  EXPECT_EQ(Next(script, "/widgets/1"), "-") << "the first rule decides also when it is played out";
  EXPECT_EQ(Next(script, "/other"), "rate_limited");
}

TEST_F(ScriptTest, MatchesNothingWhereOneKeyDoesNot) {
  for (const char* match : {"path: \"/widgets/2\"", "body: {a: 1}", "query: {a: 1}",
                            "vendor: acme, path: /widgets/3", "headers: {a: 1}"}) {
    Script script =
        Made("- match: {" + std::string(match) + "}\n  play: [{status: 418, times: forever}]\n");
    EXPECT_EQ(Next(script), "-") << match;
  }
}

TEST_F(ScriptTest, MatchesNoOperationByVendorOrOperation) {
  Script script = Made("- match: {vendor: acme}\n  play: [{outcome: success}]\n");
  EXPECT_EQ(script.Take({"", &request_, "/x"}, Time()).play, nullptr);
}

TEST_F(ScriptTest, CountsTheRequestsThatARuleDecided) {
  Script script = Made("- play: [{outcome: unauthorized}]\n");
  EXPECT_EQ(Take(script).attempt, 1u);
  EXPECT_EQ(Take(script).attempt, 2u);
}

TEST_F(ScriptTest, IsCompletedWhenEveryPlayWithAnEndIsConsumed) {
  Script script = Made(kTwoThenOne);
  for (int left = 3; left > 0; --left) {
    EXPECT_FALSE(script.Completed()) << left;
    Next(script);
  }
  EXPECT_TRUE(script.Completed());
}

TEST_F(ScriptTest, IsCompletedOnceAnEndlessPlayWasPlayed) {
  Script script = Made("- play: [{outcome: unauthorized, times: forever}]\n");
  EXPECT_FALSE(script.Completed());
  Next(script);
  EXPECT_TRUE(script.Completed());
}

TEST_F(ScriptTest, WithoutRulesIsCompleted) {
  EXPECT_TRUE(Script(std::make_shared<const Scenario>(), Time(), 7).Completed());
}

TEST_F(ScriptTest, TellsItsProgress) {
  Script script = Made(
      "- name: creates\n  play: [{outcome: rate_limited, times: 2}, {status: 418},"
      " {outcome: success, times: forever}]\n");
  Next(script);
  EXPECT_EQ(script.Progress().Dump(),
            R"({"scenario":"s","completed":false,"rules":[{"name":"creates","hits":1,"plays":[)"
            R"({"play":"rate_limited","played":1,"left":1},)"
            R"({"play":"418","played":0,"left":1},)"
            R"({"play":"success","played":0,"left":"forever"}]}],"limits":[]})");
}

TEST_F(ScriptTest, NeverTellsOfLessThanNothingLeft) {
  Script script = Made("- play: [{outcome: unauthorized}]\n  then: hold\n");
  Run(script, 3);
  EXPECT_EQ(script.Progress().At("/rules/0/plays/0")->Dump(),
            R"({"play":"unauthorized","played":3,"left":0})");
}

TEST(ScenarioLibrary, LeavesOutABrokenFileAndTakesTheOthers) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  const auto loaded = library.Load({{"d/a.yaml", "description: first\n"},
                                    {"d/b.yaml", "rulez: []\n"},
                                    {"d/c.yaml", "description: third\n"}},
                                   catalog);
  EXPECT_EQ(Texts(loaded.problems), std::vector<std::string>{"d/b.yaml:1:1: 'rulez' is no key of a "
                                                             "scenario; did you mean 'rules'?"});
  EXPECT_EQ(loaded.changed, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(library.Names(), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(library.Find("b"), nullptr);
  EXPECT_EQ(library.List().front()->description, "first");
}

TEST(ScenarioLibrary, TellsApartWhatScenariosInsideFindMissing) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  const std::string_view json = R"({"rules":[{"match":{"operation":"other.create"}}]})";
  const auto loaded = library.Load(
      {{"in/a.yaml", "rules: [{match: {operation: other.create}}]\n", true, json}}, catalog);
  EXPECT_TRUE(loaded.problems.empty());
  EXPECT_EQ(loaded.unfit.size(), 1u);
}

TEST(ScenarioLibrary, ReplacesAScenarioByALaterOneOfTheSameName) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  library.Load({{"d/a.yaml", "description: old\n"}, {"e/a.yaml", "description: new\n"}}, catalog);
  EXPECT_EQ(library.Find("a")->description, "new");
}

TEST(ScenarioLibrary, KeepsTheOldOneWhereTheNewOneIsBroken) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  library.Load({{"d/a.yaml", "description: old\n"}, {"e/a.yaml", "oops: 1\n"}}, catalog);
  EXPECT_EQ(library.Find("a")->description, "old");
}

TEST(ScenarioLibrary, KeepsWhatHasNotChangedAndLetsGoWhatIsNotThereAnyMore) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  library.Load({{"d/a.yaml", "description: a\n"}, {"d/b.yaml", "description: b\n"}}, catalog);
  const auto before = library.Find("a");
  library.Put(std::make_shared<const Scenario>(Scenario{.name = "put"}));
  const auto loaded =
      library.Load({{"d/a.yaml", "description: a\n"}, {"d/c.yaml", "description: c\n"}}, catalog);
  EXPECT_EQ(loaded.changed, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(library.Find("a"), before) << "progress in it goes on";
  EXPECT_EQ(library.Names(), (std::vector<std::string>{"a", "c", "put"}));
}

TEST(ScenarioLibrary, KeepsWhatAFileSaidBeforeItBroke) {
  const Catalog catalog = AcmeCatalog();
  ScenarioLibrary library;
  const TextFile built_in{"in/a.yaml", "description: built in\n"};
  library.Load({built_in, {"d/a.yaml", "description: own\n"}}, catalog);
  EXPECT_EQ(library.Load({built_in, {"d/a.yaml", "oops: 1\n"}}, catalog).problems.size(), 1u);
  EXPECT_EQ(library.Find("a")->description, "own");
}

TEST(ScenarioLibrary, FindsWhatDoesNotFitTheContractsAnyMore) {
  const Catalog before = AcmeCatalog();
  ScenarioLibrary library;
  library.Load({{"d/loaded.yaml", "rules:\n- match: {operation: acme.create_widget}\n"},
                {"d/fits.yaml", "rules: []\n"}},
               before);
  library.Put(*library.ReadText({"put.yaml", "rules:\n- match: {vendor: acme}\n"}, before));
  EXPECT_TRUE(library.FindOutdated(before).names.empty());
  const auto outdated = library.FindOutdated(Catalog());
  EXPECT_EQ(outdated.names, (std::vector<std::string>{"loaded", "put"}));
  ASSERT_EQ(outdated.problems.size(), 2u);
  EXPECT_EQ(outdated.problems[0].Text(),
            "d/loaded.yaml:2:22: no operation is called 'acme.create_widget'");
  EXPECT_NE(library.Find("loaded"), nullptr);
}

TEST(ScenarioLibrary, RemovesOneByName) {
  ScenarioLibrary library;
  library.Put(std::make_shared<const Scenario>(Scenario{.name = "put"}));
  EXPECT_TRUE(library.Remove("put"));
  EXPECT_FALSE(library.Remove("put"));
}

std::shared_ptr<const Scenario> Named(const char* name, std::size_t size) {
  return std::make_shared<const Scenario>(Scenario{.name = name, .text = std::string(size, ' ')});
}

TEST(ScenarioLibrary, CountsWhatWasPutButNotWhatFilesGave) {
  const Catalog catalog = AcmeCatalog();
  const auto account = std::make_shared<MemoryAccount>();
  ScenarioLibrary library;
  library.Load({{"a.yaml", "description: A.\n"}}, catalog);
  library.SetAccount(account);
  EXPECT_EQ(account->bytes(), 0u);
  library.Put(Named("a", 1'000));
  const std::size_t one = account->bytes();
  EXPECT_GT(one, 1'000u);
  library.Put(Named("b", 1'000));
  EXPECT_EQ(account->bytes(), 2 * one);
  library.Put(Named("b", 0));
  EXPECT_LT(account->bytes(), 2 * one - 1'000);
  library.Remove("b");
  EXPECT_EQ(account->bytes(), one);
  library.Load({}, catalog);  // the file of "a" is gone, and what was put in its place with it
  EXPECT_EQ(account->bytes(), 0u);
}

TEST(ScenarioLibrary, TakesNoMoreThanItMayHold) {
  ScenarioLibrary library;
  EXPECT_TRUE(library.Put(Named("a", 1'000), 200'000));
  EXPECT_TRUE(library.Put(Named("b", 1'000), 200'000));
  EXPECT_FALSE(library.Put(Named("c", 1'500), 200'000));
  EXPECT_EQ(library.Find("c"), nullptr);
  EXPECT_TRUE(library.Put(Named("a", 1'500), 200'000)) << "in place of what it was";
}

}  // namespace
}  // namespace mockduit
