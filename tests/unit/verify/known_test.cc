// The list of known failures: how it is read, what it makes known, and when an entry has rotted.
#include "verify/known.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "verify/codes.h"
#include "verify/gates.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kToday = "2026-07-15T12:00:00Z";
using KnownResult = Verdict::Result;

Read<KnownFailures> ReadKnown(const std::string& text, std::string_view now = kToday) {
  const ManualClock clock(*ParseTime(now));
  return KnownFailures::FromFile({"known.yaml", text}, clock.Now());
}

// A list of one entry, and beside the check what else it says.
KnownFailures ListOf(const std::string& check, const std::string& more = "",
                     std::string_view now = kToday) {
  auto known = ReadKnown("known:\n  - {check: " + check + ", reason: ticket 7" + more + "}\n", now);
  EXPECT_TRUE(known) << known.error().front().Text();
  return known ? *known : KnownFailures();
}

std::vector<std::string> MistakesOf(const std::string& text) {
  const auto known = ReadKnown(text);
  std::vector<std::string> told;
  if (known) return told;
  for (const Problem& problem : known.error()) told.push_back(problem.Text());
  return told;
}

SessionReport Judged(KnownResult result, const std::vector<std::string>& codes = {},
                     const std::string& session = "default") {
  Verdict verdict{.check = "backoff-grows", .result = result};
  for (const std::string& code : codes) {
    verdict.findings.push_back({.text = "a fault", .exchanges = {1}, .code = code});
  }
  return {.session = session, .total = 1, .scenarios = {"server-error"}, .verdicts = {verdict}};
}

Verdict MarkedBy(KnownFailures& known, SessionReport report) {
  known.Mark(report);
  return report.verdicts.front();
}

TEST(KnownFailures, AreReadWithAllTheirKeys) {
  EXPECT_TRUE(ReadKnown("known: []"));
  EXPECT_TRUE(
      ReadKnown("known:\n"
                "  - check: backoff-grows/no-growth\n"
                "    test: checkout-*\n"
                "    scenario: 'server-*'\n"
                "    reason: |\n      two\n      lines\n"
                "    until: 2026-12-31\n"));
}

TEST(KnownFailures, TellEveryMistakeWithItsPlace) {
  EXPECT_THAT(MistakesOf("knwon: []"),
              ElementsAre("known.yaml:1:1: 'knwon' is no key of a list of known failures; did you "
                          "mean 'known'?",
                          "known.yaml:1:1: a list of known failures needs the key 'known'"));
  EXPECT_THAT(MistakesOf("- backoff-grows"),
              ElementsAre("known.yaml:1:1: a list of known failures must be a map with the key "
                          "'known'"));
  EXPECT_THAT(MistakesOf("known: backoff-grows"),
              ElementsAre("known.yaml:1:8: known must be a list"));
  EXPECT_THAT(MistakesOf("known: [backoff-grows]"),
              ElementsAre("known.yaml:1:9: a known failure must be a map"));
  EXPECT_THAT(MistakesOf("known:\n  - {check: backof-grows, resaon: x}\n"),
              ElementsAre("known.yaml:2:27: 'resaon' is no key of a known failure; did you mean "
                          "'reason'?",
                          "known.yaml:2:5: a known failure needs 'reason'",
                          "known.yaml:2:13: 'backof-grows' is no check and no code of a finding; "
                          "did you mean 'backoff-grows'?"));
  EXPECT_THAT(MistakesOf("known:\n  - {check: backoff-grows/no-grwth, reason: ' '}\n"),
              ElementsAre("known.yaml:2:45: reason is empty",
                          "known.yaml:2:13: 'backoff-grows/no-grwth' is no check and no code of a "
                          "finding; did you mean 'backoff-grows/no-growth'?"));
  EXPECT_THAT(
      MistakesOf("known:\n  - {check: recovers, reason: x, session: 7, until: 31.12.2026}\n"),
      ElementsAre("known.yaml:2:43: session must be a text; put it in quotes",
                  "known.yaml:2:53: '31.12.2026' is no date; write it as 2026-12-31"));
  EXPECT_THAT(MistakesOf("known:\n  - {check: recovers, reason: x, session: a, test: b}\n"),
              ElementsAre("known.yaml:2:46: 'test' is another word for 'session'; write one"));
  EXPECT_THAT(MistakesOf("known:\n  - {check: recovers, reason: x, until: 2026-12-31T10:00:00Z}\n"),
              ElementsAre(HasSubstr("is no date")));
}

TEST(KnownFailures, ACheckCoversAllOfItsFindings) {
  for (const auto result : {KnownResult::kFail, KnownResult::kInconclusive}) {
    KnownFailures known = ListOf("backoff-grows");
    const Verdict verdict =
        MarkedBy(known, Judged(result, {"backoff-grows/at-once", "backoff-grows/no-growth"}));
    EXPECT_EQ(verdict.result, KnownResult::kKnown);
    EXPECT_EQ(verdict.known, "ticket 7");
    EXPECT_THAT(known.Rotten(), IsEmpty());
    EXPECT_THAT(known.Idle(), IsEmpty());
  }
}

TEST(KnownFailures, ACodeCoversNoOther) {
  KnownFailures known = ListOf("backoff-grows/no-growth");
  EXPECT_EQ(MarkedBy(known, Judged(KnownResult::kFail, {"backoff-grows/no-growth"})).result,
            KnownResult::kKnown);
  EXPECT_EQ(MarkedBy(known, Judged(KnownResult::kFail,
                                   {"backoff-grows/no-growth", "backoff-grows/at-once"}))
                .result,
            KnownResult::kFail);
  // Of a journal that is cut nobody knows what was found.
  EXPECT_EQ(MarkedBy(known, Judged(KnownResult::kInconclusive)).result, KnownResult::kInconclusive);
}

TEST(KnownFailures, TwoCodesCoverBothAndBothReasonsAreTold) {
  auto known = ReadKnown(
      "known:\n"
      "  - {check: backoff-grows/no-growth, reason: one}\n"
      "  - {check: backoff-grows/at-once, reason: two}\n");
  ASSERT_TRUE(known);
  EXPECT_EQ(MarkedBy(*known, Judged(KnownResult::kFail,
                                    {"backoff-grows/no-growth", "backoff-grows/at-once"}))
                .known,
            "one; two");
}

TEST(KnownFailures, AreOfTheSessionsAndScenariosThatTheGlobsFit) {
  const SessionReport failed = Judged(KnownResult::kFail, {"backoff-grows/at-once"}, "checkout-7");
  for (const auto& [globs, result] : {std::pair(", session: 'checkout-*'", KnownResult::kKnown),
                                      std::pair(", test: checkout-7", KnownResult::kKnown),
                                      std::pair(", session: checkout", KnownResult::kFail),
                                      std::pair(", scenario: '*-error'", KnownResult::kKnown),
                                      std::pair(", scenario: flaky", KnownResult::kFail)}) {
    KnownFailures known = ListOf("backoff-grows", globs);
    EXPECT_EQ(MarkedBy(known, failed).result, result) << globs;
  }
}

TEST(KnownFailures, CountOnTheirLastDayAndNotAfterIt) {
  const SessionReport failed = Judged(KnownResult::kFail, {"backoff-grows/at-once"});
  KnownFailures last = ListOf("backoff-grows", ", until: 2026-07-15", "2026-07-15T23:59:59Z");
  EXPECT_EQ(MarkedBy(last, failed).result, KnownResult::kKnown);
  EXPECT_THAT(last.Rotten(), IsEmpty());
  KnownFailures over = ListOf("backoff-grows", ", until: 2026-07-15", "2026-07-16T00:00:00Z");
  EXPECT_EQ(MarkedBy(over, failed).result, KnownResult::kFail);
  EXPECT_THAT(over.Rotten(),
              ElementsAre("known.yaml:2: backoff-grows was known until 2026-07-15; mend it, or set "
                          "another date (ticket 7)"));
  EXPECT_THAT(over.Idle(), IsEmpty());
}

TEST(KnownFailures, HaveRottedWhereTheCheckPasses) {
  KnownFailures known = ListOf("backoff-grows");
  MarkedBy(known, Judged(KnownResult::kPass));
  EXPECT_THAT(known.Rotten(), ElementsAre("known.yaml:2: backoff-grows passes now, in session "
                                          "default; take the entry out"));
  EXPECT_THAT(known.Idle(), IsEmpty());
  // So it is where it fails otherwise than was known.
  KnownFailures code = ListOf("backoff-grows/no-growth");
  MarkedBy(code, Judged(KnownResult::kFail, {"backoff-grows/at-once"}));
  EXPECT_THAT(code.Rotten(), ElementsAre(HasSubstr("backoff-grows/no-growth passes now")));
}

TEST(KnownFailures, ThatFailInOneRunHaveNotRottedInAnother) {
  KnownFailures known = ListOf("backoff-grows");
  MarkedBy(known, Judged(KnownResult::kPass));
  MarkedBy(known, Judged(KnownResult::kFail, {"backoff-grows/at-once"}));
  EXPECT_THAT(known.Rotten(), IsEmpty());
}

TEST(KnownFailures, AreIdleWhereNothingIsHeldAgainstThem) {
  KnownFailures known = ListOf("backoff-grows");
  MarkedBy(known, Judged(KnownResult::kNotExercised));
  EXPECT_THAT(known.Rotten(), IsEmpty());
  EXPECT_THAT(known.Idle(),
              ElementsAre("known.yaml:2: nothing exercised backoff-grows where it is known to "
                          "fail"));
  KnownFailures misspelt = ListOf("backoff-grows", ", session: defualt");
  MarkedBy(misspelt, Judged(KnownResult::kFail));
  EXPECT_THAT(misspelt.Idle(), ElementsAre("known.yaml:2: no session is called 'defualt'; did you "
                                           "mean 'default'?"));
  KnownFailures elsewhere = ListOf("backoff-grows", ", scenario: server-eror");
  MarkedBy(elsewhere, Judged(KnownResult::kFail));
  EXPECT_THAT(elsewhere.Idle(), ElementsAre("known.yaml:2: no session met a scenario "
                                            "'server-eror'; did you mean 'server-error'?"));
}

TEST(Gates, TakeNoKnownFailureForOne) {
  SessionReport report = Judged(KnownResult::kFail, {"backoff-grows/at-once"});
  ListOf("backoff-grows").Mark(report);
  Tally tally;
  tally.Add(report);
  EXPECT_THAT(tally.Unmet(*Gates::Make({"all"}, {})), IsEmpty());
  EXPECT_THAT(tally.Unmet(*Gates::Make({"backoff-grows"}, {})), IsEmpty());
}

TEST(Gates, AskForAPartWhereTheyNameChecksAlone) {
  EXPECT_FALSE(Gates::Make({}, {})->AskForAPart());
  EXPECT_FALSE(Gates::Make({"recovers", "all"}, {})->AskForAPart());
  EXPECT_TRUE(Gates::Make({"recovers"}, {})->AskForAPart());
}

TEST(Gates, ReadSessionReportsAsTheyWereWritten) {
  const SessionReport report = Judged(KnownResult::kFail, {"backoff-grows/at-once"});
  const auto read =
      ReadSessionReports(Json::MakeObject({{"sessions", Json::MakeArray({report.ToJson()})}}));
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read.front().session, "default");
  EXPECT_EQ(read.front().total, 1U);
  EXPECT_THAT(read.front().scenarios, ElementsAre("server-error"));
  EXPECT_EQ(read.front().verdicts.front().result, KnownResult::kFail);
  EXPECT_EQ(read.front().verdicts.front().findings.front().code, "backoff-grows/at-once");
}

TEST(Codes, AreOfEachCheckInItsOrder) {
  std::vector<std::string> checks;
  for (const CheckCodes& codes : AllCheckCodes()) {
    checks.emplace_back(codes.check);
    EXPECT_FALSE(codes.faults.empty()) << codes.check;
  }
  EXPECT_EQ(checks, CheckNames());
}

}  // namespace
}  // namespace mockduit
