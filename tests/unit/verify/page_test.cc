// The HTML report: what it says of sessions and of their exchanges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/reports/html.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using CheckResult = Verdict::Result;

// A session in which each of the checks came to that result.
SessionReport SessionWith(const std::vector<std::pair<std::string, CheckResult>>& results) {
  SessionReport session{.session = "s", .total = 1};
  for (const auto& [check, result] : results) {
    session.verdicts.push_back({check, result, "said", 1, {}});
  }
  return session;
}

std::string PageOf(SessionReport session) {
  std::vector<Report> reports;
  reports.emplace_back(Shop()).sessions.push_back(std::move(session));
  return HtmlPage(reports);
}

Exchange ResponseOf(int status) {
  Exchange exchange;
  exchange.response.status = status;
  return exchange;
}

TEST(HtmlPage, ConcludesThatChecksFailed) {
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kFail}})),
              HasSubstr("1 check failed."));
  EXPECT_THAT(PageOf(SessionWith(
                  {{"recovers", CheckResult::kFail}, {"backoff-grows", CheckResult::kFail}})),
              HasSubstr("2 checks failed."));
}

TEST(HtmlPage, ConcludesThatVerdictsAreOpen) {
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kInconclusive}})),
              HasSubstr("No check failed, but 1 verdict is open."));
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kFail},
                                  {"backoff-grows", CheckResult::kInconclusive},
                                  {"polling-sane", CheckResult::kInconclusive}})),
              HasSubstr("1 check failed; 2 verdicts are open."));
}

TEST(HtmlPage, ConcludesThatAllIsWell) {
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kPass}})),
              HasSubstr("Every check that was exercised passed."));
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kNotExercised}})),
              HasSubstr("Nothing was exercised."));
}

TEST(HtmlPage, StatesTheRuleOfACheckThatFailedAndItsBasis) {
  const std::string page = PageOf(SessionWith({{"retry-after-honoured", CheckResult::kFail}}));
  EXPECT_THAT(page, HasSubstr("<p class=\"rule\">A client that passes waits as long as Retry-After "
                              "says before it tries again. Basis: RFC 9110, section 10.2.3; RFC "
                              "6585, section 4.</p>"));
}

TEST(HtmlPage, ListsTheChecksThatWereNotExercised) {
  const std::string page = PageOf(SessionWith({{"recovers", CheckResult::kPass},
                                               {"polling-sane", CheckResult::kNotExercised},
                                               {"headers-sent", CheckResult::kNotExercised}}));
  EXPECT_THAT(page, HasSubstr("Not exercised: <code>polling-sane</code>, "
                              "<code>headers-sent</code></p>"));
  EXPECT_THAT(PageOf(SessionWith({{"recovers", CheckResult::kPass}})),
              Not(HasSubstr("Not exercised: ")));
}

TEST(HtmlParts, ColorsAResponseByItsStatus) {
  EXPECT_EQ(ToneOf(ResponseOf(200)), Tone::kSuccess);
  EXPECT_EQ(ToneOf(ResponseOf(399)), Tone::kSuccess);
  EXPECT_EQ(ToneOf(ResponseOf(400)), Tone::kRefusal);
  EXPECT_EQ(ToneOf(ResponseOf(429)), Tone::kThrottled);
  EXPECT_EQ(ToneOf(ResponseOf(499)), Tone::kRefusal);
  EXPECT_EQ(ToneOf(ResponseOf(500)), Tone::kServerError);
}

TEST(HtmlParts, ColorsAResponseThatWasLostAsLost) {
  Exchange exchange = ResponseOf(200);
  exchange.response.delivery.fault = Fault::kReset;
  EXPECT_EQ(ToneOf(exchange), Tone::kLost);
  EXPECT_EQ(AnswerOf(exchange), "no whole answer (reset)");
  exchange.response.delivery.fault = Fault::kSlow;
  EXPECT_EQ(ToneOf(exchange), Tone::kSuccess);
  exchange.abandoned = true;
  EXPECT_EQ(ToneOf(exchange), Tone::kLost);
}

TEST(HtmlParts, ShowsTheVendorsPathWithTheQuery) {
  Exchange exchange;
  exchange.request.path = "/~flaky@s/v1/boxes";
  exchange.path_start = 9;
  EXPECT_EQ(TargetOf(exchange), "/v1/boxes");
  exchange.request.query = "limit=2";
  EXPECT_EQ(TargetOf(exchange), "/v1/boxes?limit=2");
}

TEST(SessionReport, IsBadWhereACheckFailedOrIsOpen) {
  EXPECT_TRUE(SessionWith({{"recovers", CheckResult::kFail}}).IsBad());
  EXPECT_TRUE(SessionWith({{"recovers", CheckResult::kInconclusive}}).IsBad());
  EXPECT_FALSE(
      SessionWith({{"recovers", CheckResult::kPass}, {"x", CheckResult::kNotExercised}}).IsBad());
}

TEST(HtmlParts, WritesTimesBeforeTheFirstExchangeWithAMinus) {
  EXPECT_EQ(SinceFirst(10ms), "10 ms");
  EXPECT_EQ(SinceFirst(-10ms), "-10 ms");
  EXPECT_EQ(SinceFirst(0ms).front(), '0');
}

TEST(SessionView, KnowsWhichResponsesWaitWasCutShort) {
  SessionReport session = SessionWith({{"retry-after-honoured", CheckResult::kFail}});
  session.verdicts.front().findings.push_back({"too soon", {4, 5}});
  const SessionView view(session, "r1-s1", true);
  EXPECT_TRUE(view.CutShort(4));
  EXPECT_FALSE(view.CutShort(5));
  EXPECT_TRUE(view.Failed(5));
  EXPECT_FALSE(view.Failed(6));
}

TEST(SessionView, LinksOnlyToExchangesThatAreShown) {
  SessionReport session = SessionWith({});
  session.shown.push_back(ResponseOf(200));
  session.shown.back().id = 7;
  EXPECT_EQ(SessionView(session, "r1-s1", true).LinkTo(7), R"(<a href="#r1-s1-x7">#7</a>)");
  EXPECT_EQ(SessionView(session, "r1-s1", true).LinkTo(8), "#8");
  EXPECT_EQ(SessionView(session, "r1-s1", false).LinkTo(7), "#7");
}

}  // namespace
}  // namespace mockduit
