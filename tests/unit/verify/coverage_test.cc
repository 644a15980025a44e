// Coverage, gates and tallies.
#include "verify/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/verify/story.h"
#include "verify/gates.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Coverage Covered(const Story& story) {
  Coverage coverage(Shop());
  for (const Exchange& exchange : story.exchanges()) coverage.Add(exchange);
  return coverage;
}

const Coverage::Row& RowOf(const Coverage& coverage, std::string_view operation) {
  for (const Coverage::Row& row : coverage.rows()) {
    if (row.operation->name == operation) return row;
  }
  throw std::out_of_range(std::string(operation));
}

// "success 2/1" for an outcome that was answered twice, once of these driven; those that were.
std::vector<std::string> Answers(const Coverage::Row& row) {
  std::vector<std::string> answers;
  for (const Coverage::Cell& cell : row.cells) {
    if (cell.answered == 0) continue;
    answers.push_back(cell.outcome->name + " " + std::to_string(cell.answered) + "/" +
                      std::to_string(cell.driven));
  }
  return answers;
}

TEST(Coverage, BeginsWithEveryOperationAndNothingMet) {
  const Coverage coverage(Shop());
  EXPECT_EQ(coverage.rows().size(), 10u);
  EXPECT_EQ(coverage.OfAll().met, 0u);
  EXPECT_EQ(coverage.OfAll().of, 4 + 2 + 2 + 2 + 2 + 1 + 1 + 1 + 2 + 1u);
  EXPECT_EQ(coverage.OfCalled().of, 0u);
  EXPECT_EQ(coverage.OfCalled().Percent(), 0);
}

TEST(Coverage, CountsHowOftenEachOutcomeWasAnswered) {
  Story story;
  story.Waits({1s, 2s}, kMake, kBox, 429);
  story.At(4s, kMake, kBox).Answered(201);
  const Coverage coverage = Covered(story);
  const Coverage::Row& row = RowOf(coverage, "shop.create_box");
  EXPECT_EQ(row.called, 4u);
  EXPECT_THAT(Answers(row), ElementsAre("success 1/1", "rate_limited 3/3"));
  EXPECT_EQ(coverage.OfCalled().met, 2u);
  EXPECT_EQ(coverage.OfCalled().of, 4u);
  EXPECT_EQ(coverage.OfCalled().Percent(), 50);
}

TEST(Coverage, ASuccessThatWasPlayedIsNotMet) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).Scripted();
  const Coverage coverage = Covered(story);
  EXPECT_THAT(Answers(RowOf(coverage, "shop.create_box")), ElementsAre("success 1/0"));
  EXPECT_EQ(coverage.OfCalled().met, 0u);
  story.At(1s, kMake, kBox).Answered(201);
  EXPECT_EQ(Covered(story).OfCalled().met, 1u);
}

TEST(Coverage, AFailureThatWasPlayedIsMet) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Scripted();
  EXPECT_EQ(Covered(story).OfCalled().met, 1u);
}

TEST(Coverage, WhatGotLostIsCalledAndNotMet) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201).Lost();
  const Coverage coverage = Covered(story);
  EXPECT_EQ(RowOf(coverage, "shop.create_box").called, 1u);
  EXPECT_EQ(coverage.OfCalled().met, 0u);
  Story slow;
  slow.At(0s, kMake, kBox).Answered(201).Lost(Fault::kSlow);
  EXPECT_EQ(Covered(slow).OfCalled().met, 1u);
}

TEST(Coverage, LooksOverWhatIsInNoContract) {
  Story story;
  story.At(0s, "GET /nowhere").Answered(404);
  story.At(1s, kMake, kBox).Answered(409);
  story.At(2s, kMake, kBox).exchange().edition = "v9";
  const Coverage coverage = Covered(story);
  EXPECT_EQ(RowOf(coverage, "shop.create_box").called, 1u);
  EXPECT_EQ(coverage.OfAll().met, 0u);
}

TEST(Coverage, TellsOutcomesOfOneNameApartByStatus) {
  const std::string contract = TinyContract("a", "v1", "get", "/x");
  const Catalog catalog = LoadedCatalog(
      {{"fixtures/a/v1.yaml",
        Replaced(contract, "responses: {",
                 "responses: {'202': {x-mockduit: {outcome: success, source: s}}, ")}});
  Coverage coverage(catalog);
  Exchange exchange{.operation = "a.get_it", .edition = "v1", .outcome = "success"};
  exchange.response.status = 202;
  coverage.Add(exchange);
  const Coverage::Row& row = coverage.rows().front();
  ASSERT_EQ(row.cells.size(), 2u);
  for (const Coverage::Cell& cell : row.cells) {
    EXPECT_EQ(cell.answered, cell.outcome->status == 202 ? 1u : 0u) << cell.outcome->status;
  }
}

TEST(Coverage, NeverRoundsUp) {
  EXPECT_DOUBLE_EQ((Coverage::Share{2, 3}.Percent()), 66.6);
  EXPECT_DOUBLE_EQ((Coverage::Share{999, 1000}.Percent()), 99.9);
  EXPECT_DOUBLE_EQ((Coverage::Share{9999, 10000}.Percent()), 99.9);
  EXPECT_DOUBLE_EQ((Coverage::Share{3, 3}.Percent()), 100);
}

TEST(Coverage, IsToldAsJson) {
  Story story;
  story.At(0s, "POST /v1/lids", kBox).Answered(201);
  Coverage coverage = Covered(story);
  coverage.SetTruncated();
  const Json json = coverage.ToJson();
  EXPECT_EQ(json.Get("called").Dump(), R"({"met":1,"of":1,"percent":100.0})");
  EXPECT_EQ(json.Get("all").Get("met").AsInteger(), 1);
  EXPECT_TRUE(json.Get("truncated").AsBool());
  const Json& shop = json.Get("vendors").Get("shop");
  ASSERT_NE(shop.IfArray(), nullptr);
  bool found = false;
  for (const Json& row : *shop.IfArray()) {
    if (row.Get("operation").AsString() != "shop.create_lid") continue;
    found = true;
    EXPECT_EQ(row.Dump(), R"({"operation":"shop.create_lid","edition":"v1","called":1,"outcomes":[)"
                          R"({"outcome":"success","status":201,"answered":1,"driven":1,)"
                          R"("met":true}]})");
  }
  EXPECT_TRUE(found);
}

class GatesTest : public ::testing::Test {
 protected:
  // A run of one session in which that check ended so.
  Report RunOf(const std::string& check, Verdict::Result result) {
    Report report(Shop());
    report.sessions.push_back({.session = "s", .total = 3, .verdicts = {{check, result}}});
    return report;
  }
  std::vector<std::string> Unmet(const Gates& gates, const std::vector<Report>& reports) {
    Tally from_reports;
    Tally from_json;
    for (const Report& report : reports) {
      from_reports.Add(report);
      Json sessions = Json::MakeArray();
      for (const SessionReport& session : report.sessions) sessions.Append(session.ToJson());
      const Json verdicts = Json::MakeObject({{"sessions", std::move(sessions)}});
      for (const SessionReport& session : ReadSessionReports(verdicts)) from_json.Add(session);
      from_json.AddCoverage(report.coverage.ToJson());
    }
    EXPECT_EQ(from_json.Unmet(gates), from_reports.Unmet(gates));
    return from_reports.Unmet(gates);
  }
  std::vector<std::string> Unmet(const Gates& gates, Verdict::Result result) {
    std::vector<Report> reports;
    reports.push_back(RunOf("recovers", result));
    return Unmet(gates, reports);
  }

  using Result = Verdict::Result;
  const Gates kNone{};
  const Gates kAll = *Gates::Make({"all"}, {});
  const Gates kNamed = *Gates::Make({"recovers"}, {});
};

TEST_F(GatesTest, AreMadeOfChecksThatThereAre) {
  EXPECT_TRUE(Gates::Make({"all", "recovers"}, 50));
  const auto refused = Gates::Make({"recover"}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "'recover' is no check; did you mean 'recovers'?");
  const auto far = Gates::Make({"foo"}, {});
  ASSERT_FALSE(far);
  EXPECT_EQ(far.error().message,
            "'foo' is no check; the checks are " + Join(CheckNames()) + ", all");
}

TEST_F(GatesTest, AskNothingUnlessTold) {
  EXPECT_THAT(Unmet(kNone, Result::kFail), IsEmpty());
  EXPECT_THAT(Unmet(kNone, std::vector<Report>()), IsEmpty());
}

TEST_F(GatesTest, AllAsksThatNothingFailed) {
  EXPECT_THAT(Unmet(kAll, Result::kPass), IsEmpty());
  EXPECT_THAT(Unmet(kAll, Result::kNotExercised), IsEmpty());
  EXPECT_THAT(Unmet(kAll, Result::kFail), ElementsAre("recovers failed in 1 session"));
  EXPECT_THAT(Unmet(kAll, Result::kInconclusive),
              ElementsAre("recovers is inconclusive in 1 session"));
}

TEST_F(GatesTest, AllAsksForARequestAtLeast) {
  EXPECT_THAT(Unmet(kAll, std::vector<Report>()), ElementsAre("there was no request to judge"));
}

TEST_F(GatesTest, ANamedCheckMustHaveBeenExercised) {
  EXPECT_THAT(Unmet(kNamed, Result::kPass), IsEmpty());
  EXPECT_THAT(Unmet(kNamed, Result::kFail), ElementsAre("recovers failed in 1 session"));
  EXPECT_THAT(Unmet(kNamed, Result::kInconclusive),
              ElementsAre("recovers is inconclusive in 1 session"));
  const auto idle = ElementsAre("recovers is required, and nothing exercised it");
  EXPECT_THAT(Unmet(kNamed, Result::kNotExercised), idle);
  EXPECT_THAT(Unmet(kNamed, std::vector<Report>()), idle);
}

TEST_F(GatesTest, ANamedCheckIsExercisedOnceInAllRuns) {
  std::vector<Report> reports;
  reports.push_back(RunOf("recovers", Result::kNotExercised));
  reports.push_back(RunOf("recovers", Result::kPass));
  EXPECT_THAT(Unmet(kNamed, reports), IsEmpty());
  reports.push_back(RunOf("recovers", Result::kFail));
  reports.push_back(RunOf("recovers", Result::kFail));
  reports.push_back(RunOf("recovers", Result::kInconclusive));
  EXPECT_THAT(Unmet(kNamed, reports), ElementsAre("recovers failed in 2 sessions"));
}

TEST_F(GatesTest, AFailureThatIsNotRequiredIsNoMatter) {
  std::vector<Report> reports;
  reports.push_back(RunOf("recovers", Result::kPass));
  reports.push_back(RunOf("backoff-grows", Result::kFail));
  EXPECT_THAT(Unmet(kNamed, reports), IsEmpty());
}

TEST_F(GatesTest, AskForCoverageOverAllRuns) {
  Story story;
  story.At(0s, kMake, kBox).Answered(201);
  std::vector<Report> reports;
  reports.push_back(RunOf("recovers", Result::kPass));
  for (const Exchange& exchange : story.exchanges()) reports.back().coverage.Add(exchange);
  EXPECT_THAT(Unmet(*Gates::Make({}, 25), reports), IsEmpty());
  EXPECT_THAT(Unmet(*Gates::Make({}, 25.1), reports),
              ElementsAre("the coverage is 25.0 %, and 25.1 % are required"));
  reports.back().coverage.SetTruncated();
  EXPECT_THAT(Unmet(*Gates::Make({}, 50), reports),
              ElementsAre(HasSubstr("; journals no longer have every exchange")));
}

TEST_F(GatesTest, CoverageOfNothingMeetsNothing) {
  EXPECT_THAT(Unmet(*Gates::Make({}, 1), std::vector<Report>()),
              ElementsAre("the coverage is 0.0 %, and 1.0 % are required"));
  EXPECT_THAT(Unmet(*Gates::Make({}, 0), std::vector<Report>()),
              ElementsAre("there was no request to judge"));
}

TEST_F(GatesTest, AllAsksEachScenarioForAFailureThatWasMet) {
  Report report = RunOf("recovers", Result::kPass);
  report.title = "flaky";
  report.exercised_nothing = true;
  Tally tally;
  tally.Add(report);
  EXPECT_THAT(tally.Unmet(kAll), ElementsAre("the scenario flaky exercised nothing: no request met "
                                             "a failure of it"));
  EXPECT_THAT(tally.Unmet(kNone), IsEmpty());
  EXPECT_THAT(tally.Unmet(*Gates::Make({"recovers"}, {})), IsEmpty());
}

TEST_F(GatesTest, AnswersThatAreNoneMeetNothing) {
  Tally tally;
  EXPECT_THAT(ReadSessionReports(Json()), IsEmpty());
  tally.AddCoverage(Json("what"));
  EXPECT_THAT(tally.Unmet(kAll), ElementsAre("there was no request to judge"));
}

}  // namespace
}  // namespace mockduit
