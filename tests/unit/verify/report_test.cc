// Reports on sessions, and what is made of them: JUnit, a summary for a terminal, a page.
#include "verify/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/markup.h"
#include "session/exchange_codec.h"
#include "unit/verify/story.h"
#include "unit/verify/xml.h"
#include "verify/reports/html.h"
#include "verify/reports/junit.h"
#include "verify/reports/summary.h"

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A client that does not wait, with words that markup must not take for its own.
Story Hasty() {
  Story story;
  story.At(0s, "GET /v1/boxes/<a>&\"'").Answered(429).RetryAfter(3s);
  story.At(1s, "GET /v1/boxes/<a>&\"'");
  return story;
}

class Quiet : public Log {
 public:
  void Info(std::string_view) override {}
  void Warning(std::string_view) override {}
};

class ReportTest : public ::testing::Test {
 protected:
  ReportTest() { settings_.clock = *ClockSetting::Parse("2026-01-15T10:00:00Z"); }

  Sessions Made() { return Sessions(settings_, limits_, real_, Seeds(), log_); }
  static void Play(SharedSession& session, const Story& story) {
    for (const Exchange& exchange : story.exchanges())
      session.Enter()->Record(EncodeExchange(exchange), nullptr);
  }
  static std::vector<Report> Only(Report report) {
    std::vector<Report> reports;
    reports.push_back(std::move(report));
    return reports;
  }
  static Verdict::Result ResultOf(const SessionReport& report, std::string_view check) {
    return std::ranges::find(report.verdicts, check, &Verdict::check)->result;
  }

  SessionSettings settings_;
  SessionLimits limits_;
  ManualClock real_{*ParseTime("2030-01-01")};
  Quiet log_;
};

TEST_F(ReportTest, TellsOfASessionByEveryCheck) {
  Sessions sessions = Made();
  const auto session = sessions.Get("hasty");
  Play(*session, Hasty());
  Coverage coverage(Shop());
  const SessionReport report = ReportOn(*session, Shop(), {}, &coverage);
  EXPECT_EQ(report.session, "hasty");
  EXPECT_EQ(report.total, 2u);
  EXPECT_FALSE(report.truncated);
  EXPECT_THAT(report.verdicts, SizeIs(Checks().size()));
  EXPECT_EQ(ResultOf(report, "retry-after-honoured"), Verdict::Result::kFail);
  EXPECT_THAT(report.shown, SizeIs(2));
  EXPECT_EQ(coverage.OfCalled().met, 1u);
  const Json json = report.ToJson();
  EXPECT_EQ(json.Get("session").AsString(), "hasty");
  EXPECT_EQ(json.Get("total").AsInteger(), 2);
  EXPECT_EQ(json.Get("counts").Dump(),
            R"({"pass":4,"fail":1,"not_exercised":15,"inconclusive":0})");
  EXPECT_EQ(json.Get("verdicts").IfArray()->size(), Checks().size());
}

TEST_F(ReportTest, CountsWhatWasMadeAndNotDeleted) {
  Story story;
  for (const Duration at : {0s, 1s, 2s}) story.At(at, kMake, kBox).Answered(201);
  story.At(3s, kMake, kBox).Answered(400);
  story.At(4s, "DELETE /v1/boxes/a");
  story.At(5s, "DELETE /v1/boxes/a").Answered(404);
  story.At(6s, "POST /v1/lids", kBox).Answered(201);
  story.At(7s, "DELETE /v1/lids/b");
  Sessions sessions = Made();
  Play(*sessions.Get("left"), story);
  const SessionReport report = ReportOn(*sessions.Get("left"), Shop(), {}, nullptr);
  EXPECT_EQ(report.ToJson().Get("left_behind").Dump(), R"({"shop.box":2})");
}

TEST_F(ReportTest, KeepsWhatTellsCallersApart) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s).With("X-Mockduit-Call", "a");
  story.At(1s, kMake, kBox).With("X-Mockduit-Call", "b");
  story.At(3s, kMake, kBox).With("X-Mockduit-Call", "a");
  Sessions sessions = Made();
  Play(*sessions.Get("two"), story);
  const SessionReport report = ReportOn(*sessions.Get("two"), Shop(), {}, nullptr);
  EXPECT_EQ(ResultOf(report, "retry-after-honoured"), Verdict::Result::kPass);
}

TEST_F(ReportTest, SaysThatAJournalIsNotWhole) {
  limits_.journal.exchanges = 2;
  Story story;
  story.Waits({1s, 2s}, "GET /v1/boxes", "", 200);
  Sessions sessions = Made();
  Play(*sessions.Get("long"), story);
  const Report report = ReportOn(sessions, Shop(), {});
  ASSERT_THAT(report.sessions, SizeIs(1));
  EXPECT_EQ(report.sessions.front().total, 3u);
  EXPECT_TRUE(report.sessions.front().truncated);
  EXPECT_TRUE(report.coverage.truncated());
  EXPECT_TRUE(report.Has(Verdict::Result::kInconclusive));
  EXPECT_FALSE(report.Has(Verdict::Result::kPass));
}

TEST_F(ReportTest, GoesByTheSessionsClock) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(0s, kMake, kBox);
  story.Frozen();
  Sessions sessions = Made();
  Play(*sessions.Get("still"), story);
  const SessionReport report = ReportOn(*sessions.Get("still"), Shop(), {}, nullptr);
  EXPECT_EQ(ResultOf(report, "retry-after-honoured"), Verdict::Result::kInconclusive);
}

TEST_F(ReportTest, LeavesOutSessionsWithoutRequestsAndCountsWhatIsGone) {
  Sessions sessions = Made();
  sessions.Get("idle");
  Play(*sessions.Get("b"), Hasty());
  Play(*sessions.Get("a"), Hasty());
  Play(*sessions.Get("gone"), Hasty());
  sessions.Drop("gone");
  Play(*sessions.Get("reset"), Hasty());
  sessions.Get("reset")->Enter()->ClearJournal();
  const Report report = ReportOn(sessions, Shop(), {});
  std::vector<std::string> names;
  for (const SessionReport& session : report.sessions) names.push_back(session.session);
  EXPECT_THAT(names, ElementsAre("a", "b"));
  EXPECT_EQ(report.unjudged, 4u);
}

TEST_F(ReportTest, ShowsWhatFindingsNameAndTheFirstOfTheOthers) {
  Story story;
  for (int i = 0; i < 600; ++i) {
    story.At(i * Duration(1s), "GET /v1/boxes/" + std::to_string(i));
  }
  story.At(600s, kMake, kBox).Answered(429).RetryAfter(3s);
  story.At(601s, kMake, kBox);
  Sessions sessions = Made();
  Play(*sessions.Get("s"), story);
  const SessionReport report = ReportOn(*sessions.Get("s"), Shop(), {}, nullptr);
  ASSERT_THAT(report.shown, SizeIs(SessionReport::kMaxShown));
  EXPECT_EQ(report.shown.front().id, 1u);
  EXPECT_EQ(report.shown[SessionReport::kMaxShown - 3].id, 498u);
  EXPECT_EQ(report.shown.back().id, 602u);
}

Report SmallRun(const std::string& fault = "first") {
  Report report(Shop());
  report.sessions.push_back(
      {.session = "s",
       .total = 4,
       .verdicts = {
           {"recovers", Verdict::Result::kPass, "well done", 1, {}},
           {"backoff-grows",
            Verdict::Result::kFail,
            "it <fails> & \"how\"",
            2,
            {{fault, {1, 2}}, {"second", {3}}}},
           {"polling-sane", Verdict::Result::kInconclusive, "no one knows", 0, {{"why", {4}}}},
           {"headers-sent",
            Verdict::Result::kNotExercised,
            "nothing happened that shows it",
            0,
            {}}}});
  return report;
}

TEST_F(ReportTest, JUnitHasATestCaseForEachCheckOfEachSession) {
  const Xml::Element root = Xml::Parse(JUnit(Only(SmallRun("first\x01"))));
  EXPECT_EQ(root.name, "testsuites");
  EXPECT_EQ(root["tests"], "4");
  EXPECT_EQ(root["failures"], "1");
  EXPECT_EQ(root["errors"], "1");
  EXPECT_FALSE(root.attributes.contains("skipped")) << "it may stand at suites only";
  ASSERT_THAT(root.children, SizeIs(1));
  const Xml::Element& suite = root.children[0];
  EXPECT_EQ(suite.name, "testsuite");
  EXPECT_EQ(suite["name"], "mockduit.s");
  for (const char* count : {"tests", "failures", "errors"}) EXPECT_EQ(suite[count], root[count]);
  EXPECT_EQ(suite["skipped"], "1");
  ASSERT_THAT(suite.children, SizeIs(4));
  for (const Xml::Element& test : suite.children) {
    EXPECT_EQ(test.name, "testcase");
    EXPECT_EQ(test["classname"], "mockduit.s");
    EXPECT_EQ(test["time"], "0");
  }
  EXPECT_EQ(suite.children[0]["name"], "recovers");
  EXPECT_THAT(suite.children[0].children, IsEmpty());
  const Xml::Element& failure = suite.children[1].children.at(0);
  EXPECT_EQ(failure.name, "failure");
  EXPECT_EQ(failure["message"], "it <fails> & \"how\"");
  EXPECT_EQ(failure.text, "first\xEF\xBF\xBD #1 #2\nsecond #3\n");
  EXPECT_EQ(suite.children[2].children.at(0).name, "error");
  EXPECT_EQ(suite.children[2].children.at(0).text, "why #4\n");
  EXPECT_EQ(suite.children[3].children.at(0).name, "skipped");
  EXPECT_EQ(suite.children[3].children.at(0)["message"], "nothing happened that shows it");
}

TEST_F(ReportTest, JUnitTellsTheCodeOfAFailureAndSkipsWhatIsKnown) {
  Report report(Shop());
  Verdict failed{.check = "recovers", .result = Verdict::Result::kFail, .summary = "given up"};
  failed.findings = {{.text = "given up", .exchanges = {1}, .code = "recovers/given-up"}};
  Verdict known = failed;
  known.result = Verdict::Result::kKnown;
  known.known = "ticket <7>";
  report.sessions.push_back({.session = "s", .total = 1, .verdicts = {failed, known}});
  const std::string page = HtmlPage(Only(report));
  const Xml::Element root = Xml::Parse(JUnit(Only(std::move(report))));
  EXPECT_EQ(root["failures"], "1");
  const Xml::Element& suite = root.children[0];
  EXPECT_EQ(suite["skipped"], "1");
  EXPECT_EQ(suite.children[0].children.at(0)["type"], "recovers/given-up");
  const Xml::Element& skipped = suite.children[1].children.at(0);
  EXPECT_EQ(skipped.name, "skipped");
  EXPECT_EQ(skipped["message"], "known: ticket <7>");
  EXPECT_EQ(skipped.text, "given up #1\n");
  EXPECT_THAT(page, AllOf(HasSubstr("<code class=\"dim\">recovers/given-up</code>"),
                          HasSubstr("known</span> <code>recovers</code>: ticket &lt;7&gt;"),
                          HasSubstr("1 check failed. 1 failure is known.")));
}

TEST_F(ReportTest, JUnitHasTheCommandOfEachRunAsATest) {
  std::vector<Report> reports;
  for (const int code : {0, 3}) {
    reports.push_back(SmallRun());
    reports.back().title = code == 0 ? "success" : "rate-limited";
    reports.back().exit_code = code;
  }
  const Xml::Element root = Xml::Parse(JUnit(reports));
  EXPECT_EQ(root["tests"], "10");
  EXPECT_EQ(root["failures"], "3");
  std::vector<std::string> suites;
  for (const Xml::Element& suite : root.children) suites.push_back(suite["name"]);
  EXPECT_THAT(suites, ElementsAre("mockduit.success", "mockduit.success.s", "mockduit.rate-limited",
                                  "mockduit.rate-limited.s"));
  const Xml::Element& good = root.children[0].children.at(0);
  EXPECT_EQ(good["name"], "command");
  EXPECT_THAT(good.children, IsEmpty());
  const Xml::Element& bad = root.children[2].children.at(0);
  EXPECT_EQ(bad.children.at(0)["message"], "the command ended with exit code 3");
}

TEST_F(ReportTest, JUnitIsSoundWhateverClientsSend) {
  Sessions sessions = Made();
  Story story = Hasty();
  story.At(2s, "POST /v1/boxes", "{\"\\u0001<b>]]>\xFF\":1}");
  story.At(3s, "GET /v1/boxes?%00%ff<x>=1");
  Play(*sessions.Get("odd"), story);
  const Xml::Element root = Xml::Parse(JUnit(Only(ReportOn(sessions, Shop(), {}))));
  EXPECT_EQ(root["tests"], std::to_string(Checks().size()));
  EXPECT_NE(root["failures"], "0");
}

TEST_F(ReportTest, JUnitOfNothingIsSound) {
  EXPECT_EQ(Xml::Parse(JUnit({}))["tests"], "0");
  EXPECT_EQ(Xml::Parse(JUnit(Only(Report(Shop()))))["tests"], "0");
}

TEST(Markup, EscapesWhatMarkupIsMadeOf) {
  EXPECT_EQ(Escaped("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
  EXPECT_EQ(Escaped("tab\tand\nline"), "tab\tand\nline");
  EXPECT_EQ(Escaped(std::string_view("\0\x1b\xff", 3)), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("ü€"), "ü€");
}

// XML 1.0 forbids them although they are UTF-8.
TEST(Markup, HoldsNoCharactersThatXmlForbids) {
  EXPECT_EQ(Escaped("\xEF\xBF\xBE"), "\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("\xEF\xBF\xBF"), "\xEF\xBF\xBD");
}

TEST_F(ReportTest, SummaryTellsOfOneRunInFull) {
  Report report = SmallRun();
  Story story;
  story.At(0s, kMake, kBox).Answered(201);
  for (const Exchange& exchange : story.exchanges()) report.coverage.Add(exchange);
  EXPECT_EQ(Summary(Only(std::move(report)), {}),
            "session s: 4 exchanges\n"
            "  pass  recovers                 well done\n"
            "  FAIL  backoff-grows            first  #1 #2\n"
            "                                 second  #3\n"
            "  ????  polling-sane             why  #4\n"
            "  ----  not exercised: headers-sent\n"
            "coverage: 1 of 4 (25.0 %) of the documented outcomes of 1 operation that were called\n"
            "  shop.create_box                success  missing: bad_request, rate_limited, "
            "server_error\n");
}

TEST_F(ReportTest, SummaryNamesTheEditionsWhereSeveralOfAVendorWereCalled) {
  const Catalog catalog = LoadedCatalog(
      {{"fixtures/one/v1.yaml", TinyContract("one", "v1", "get", "/a", ", default: true")},
       {"fixtures/one/v2.yaml", TinyContract("one", "v2", "get", "/b")},
       {"fixtures/two/v1.yaml", TinyContract("two", "v1", "get", "/c", ", default: true")}});
  const auto summary = [&](const std::vector<std::string_view>& calls) {
    Story story(catalog);
    for (const std::string_view call : calls) story.At(0s, call);
    Report report(catalog);
    report.sessions = SmallRun().sessions;
    for (const Exchange& exchange : story.exchanges()) report.coverage.Add(exchange);
    return Summary(Only(std::move(report)), {});
  };
  EXPECT_THAT(summary({"GET /a", "GET /c"}), Not(HasSubstr("(v1)")));
  EXPECT_THAT(summary({"GET /a", "GET /b", "GET /c"}),
              AllOf(HasSubstr("one.get_it (v1)"), HasSubstr("one.get_it (v2)"),
                    Not(HasSubstr("two.get_it (v1)"))));
}

TEST_F(ReportTest, SummaryHasColoursOnlyWhereTheyAreWanted) {
  EXPECT_THAT(Summary(Only(SmallRun()), {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(Summary(Only(SmallRun()), {.colours = true}),
              AllOf(HasSubstr("\x1b[31mFAIL\x1b[0m"), HasSubstr("\x1b[32mpass\x1b[0m"),
                    HasSubstr("\x1b[33m????\x1b[0m")));
}

TEST_F(ReportTest, SummaryOfNothingSaysSo) {
  EXPECT_THAT(Summary(Only(Report(Shop())), {}), HasSubstr("there was no request to judge\n"));
}

TEST_F(ReportTest, SummarySaysWhatWasNotJudged) {
  Report report = SmallRun();
  report.unjudged = 5;
  report.coverage.SetTruncated();
  EXPECT_THAT(Summary(Only(std::move(report)), {}),
              AllOf(HasSubstr("5 exchanges not judged: cleared by a reset"),
                    HasSubstr("journals no longer have every exchange")));
}

TEST_F(ReportTest, SummaryHasARowForEachOfSeveralRuns) {
  std::vector<Report> reports;
  reports.push_back(Report(Shop()));
  reports.back().title = "success";
  reports.back().exit_code = 0;
  reports.push_back(SmallRun());
  reports.back().title = "rate-limited";
  reports.back().exit_code = 1;
  const std::string summary = Summary(reports, {});
  EXPECT_THAT(summary,
              AllOf(HasSubstr("scenario      command   verdicts"),
                    HasSubstr("\nsuccess       exit 0    0 pass  "),
                    HasSubstr("\nrate-limited  exit 1    1 pass, 1 inconclusive, 1 fail  ")));
  EXPECT_THAT(summary, HasSubstr("under rate-limited\nsession s: 4 exchanges\n  FAIL"));
  EXPECT_THAT(summary, Not(HasSubstr("under success")));
  EXPECT_THAT(summary, Not(HasSubstr("well done")));
}

TEST_F(ReportTest, SummaryOfManySessionsKeepsToThoseThatHaveSomethingWrong) {
  Report report(Shop());
  for (int i = 0; i < 60; ++i) {
    const auto result = i % 2 == 0 ? Verdict::Result::kPass : Verdict::Result::kFail;
    report.sessions.push_back(
        {.session = std::to_string(i), .total = 1, .verdicts = {{"recovers", result, "so", 1}}});
  }
  const std::string summary = Summary(Only(std::move(report)), {});
  EXPECT_THAT(summary, HasSubstr("session 1: 1 exchange\n"));
  EXPECT_THAT(summary, Not(HasSubstr("session 2:")));
  EXPECT_THAT(summary, HasSubstr("session 39:"));
  EXPECT_THAT(summary, Not(HasSubstr("session 41:")));
  EXPECT_THAT(summary, HasSubstr("and 10 more sessions with something wrong\n"));
}

// A terminal takes what clients send for orders, unless it is taken out.
TEST_F(ReportTest, SummaryGivesNoOrdersToTheTerminal) {
  Sessions sessions = Made();
  Story story;
  story.At(0s, "POST /v1/boxes", "{\"\\u001b[2J\":1}");
  Play(*sessions.Get("odd"), story);
  const Report report = ReportOn(sessions, Shop(), {});
  ASSERT_TRUE(report.Has(Verdict::Result::kFail));
  EXPECT_THAT(Summary(Only(ReportOn(sessions, Shop(), {})), {}), Not(HasSubstr("\x1b")));
}

TEST_F(ReportTest, PageIsHtml) {
  EXPECT_THAT(HtmlPage(Only(SmallRun())), ::testing::StartsWith("<!doctype html>"));
}

}  // namespace
}  // namespace mockduit
