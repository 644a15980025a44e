// How much a summary shows of findings, exchanges and sessions.
#include "verify/reports/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/shop.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string SummaryOf(std::vector<SessionReport> sessions) {
  std::vector<Report> reports;
  reports.emplace_back(Shop()).sessions = std::move(sessions);
  return Summary(reports, {});
}

std::string SummaryOfFindings(std::vector<Finding> findings) {
  const Verdict verdict{"recovers", Verdict::Result::kFail, "", 1, std::move(findings)};
  return SummaryOf({SessionReport{.session = "s", .total = 1, .verdicts = {verdict}}});
}

TEST(Summary, ShowsSixExchangesOfAFinding) {
  EXPECT_THAT(SummaryOfFindings({{"why", {1, 2, 3, 4, 5, 6}}}),
              HasSubstr("why  #1 #2 #3 #4 #5 #6\n"));
  EXPECT_THAT(SummaryOfFindings({{"why", {1, 2, 3, 4, 5, 6, 7}}}),
              HasSubstr("why  #1 #2 #3 #4 #5 #6 …\n"));
}

TEST(Summary, ShowsThreeFindingsOfACheck) {
  const std::string three = SummaryOfFindings({{"one", {1}}, {"two", {2}}, {"three", {3}}});
  EXPECT_THAT(three, HasSubstr("three  #3\n"));
  EXPECT_THAT(three, Not(HasSubstr(" more\n")));
  const std::string five =
      SummaryOfFindings({{"one", {1}}, {"two", {2}}, {"three", {3}}, {"four", {4}}, {"five", {5}}});
  EXPECT_THAT(five, HasSubstr("three  #3\n"));
  EXPECT_THAT(five, Not(HasSubstr("four")));
  EXPECT_THAT(five, HasSubstr(" and 2 more\n"));
}

TEST(Summary, ShowsWhatIsKnownWithItsReason) {
  const Verdict known{"recovers", Verdict::Result::kKnown, "", 1, {{"why", {1}}}, "ticket\x07 7"};
  const SessionReport session{.session = "s", .total = 1, .verdicts = {known}};
  EXPECT_THAT(SummaryOf({session}), HasSubstr("\n  KNOWN recovers                 ticket? 7\n" +
                                              std::string(33, ' ') + "why  #1\n"));
  // Also where only what went wrong is shown.
  std::vector<Report> two;
  two.emplace_back(Shop()).title = "one";
  two.emplace_back(Shop()).title = "other";
  two.front().sessions.push_back(session);
  two.back().exercised_nothing = true;
  const std::string summary = Summary(two, {});
  EXPECT_THAT(summary, HasSubstr("0 pass, 1 known "));
  EXPECT_THAT(summary, HasSubstr("0 pass; nothing exercised "));
  EXPECT_THAT(summary, HasSubstr("\nunder one\nsession s: 1 exchange\n  KNOWN recovers"));
}

TEST(Summary, ShowsEachOfTwentySessionsAndOnlyBadOnesOfMore) {
  const auto of = [](int sessions) {
    std::vector<SessionReport> made;
    for (int i = 0; i < sessions; ++i) {
      made.push_back({.session = std::to_string(i),
                      .total = 1,
                      .verdicts = {{"recovers", Verdict::Result::kPass, "so", 1, {}}}});
    }
    return SummaryOf(std::move(made));
  };
  EXPECT_THAT(of(20), HasSubstr("session 0: 1 exchange\n"));
  EXPECT_THAT(of(20), HasSubstr("session 19: 1 exchange\n"));
  EXPECT_THAT(of(21), Not(HasSubstr("session ")));
}

TEST(Summary, ReplacesWhatATerminalWouldObey) {
  EXPECT_THAT(SummaryOfFindings({{"a\x1b[2J b\x7f c\xc2\x9b d\xc2\xa0z\x1f", {1}}}),
              HasSubstr("a?[2J b? c? d\xc2\xa0z?  #1\n"));
  EXPECT_THAT(SummaryOfFindings({{"é", {1}}}), HasSubstr("é  #1\n"));
}

}  // namespace
}  // namespace mockduit
