// The HTML report's table of exchanges, and the notes about what it lacks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kListing = "GET /v1/boxes";

SessionReport SessionOf(const Story& story, std::vector<Verdict> verdicts = {}) {
  SessionReport session{.session = "s"};
  session.verdicts = std::move(verdicts);
  session.shown = story.exchanges();
  session.total = session.shown.size();
  return session;
}

std::string TableOf(const Story& story, std::vector<Verdict> verdicts = {}) {
  const SessionReport session = SessionOf(story, std::move(verdicts));
  return HtmlExchanges(SessionView(session, "s", true));
}

std::string Part(const std::string& text) { return "<span class=\"part\">" + text + "</span>"; }

TEST(HtmlExchanges, NameTheChecksWhoseFindingsNameThem) {
  Story story;
  story.At(0s, kListing);
  story.At(1s, kListing);
  const std::string table =
      TableOf(story, {{"recovers", Verdict::Result::kFail, "", 1, {{"given up", {1}}}},
                      {"polling-sane", Verdict::Result::kInconclusive, "", 1, {{"open", {2}}}}});
  EXPECT_THAT(table, HasSubstr(R"(class="badge fail" href="#s-recovers">fails recovers</a>)"));
  EXPECT_THAT(
      table,
      HasSubstr(R"(class="badge unsure" href="#s-polling-sane">leaves open polling-sane</a>)"));
  EXPECT_THAT(table, HasSubstr(R"(<tbody id="s-x1" class="failed">)"));
  EXPECT_THAT(table, HasSubstr(R"(<tbody id="s-x2"><tr>)"));
}

TEST(HtmlExchanges, TellWhatHappenedOnTheWire) {
  Story story;
  story.At(0s, kListing).Lost().Applied().After(2s);
  EXPECT_THAT(TableOf(story), AllOf(HasSubstr(Part("reset")), HasSubstr(Part("after 2 s")),
                                    HasSubstr(Part("took effect"))));
  Story well;
  well.At(0s, kListing).Applied();
  EXPECT_THAT(TableOf(well),
              AllOf(HasSubstr("<td></td><td></td></tr>"), Not(HasSubstr("took effect"))));
}

TEST(HtmlExchanges, TellTheOutcomeAndThatItWasScripted) {
  Story story;
  story.At(0s, kListing).Answered(429).Scripted();
  EXPECT_THAT(TableOf(story),
              HasSubstr(Part("<code>rate_limited</code>") + " " + Part("scripted")));
  Story earned;
  earned.At(0s, kListing);
  EXPECT_THAT(TableOf(earned), Not(HasSubstr("scripted")));
}

TEST(HtmlExchanges, TellAnAnnouncedWaitOnBothClocks) {
  Story story;
  story.At(0s, kListing).Answered(429).RetryAfter(90s, 2s);
  EXPECT_THAT(TableOf(story),
              HasSubstr(Part("Retry-After 2 s") + " " + Part("1 min 30 s on the session's clock")));
  Story alike;
  alike.At(0s, kListing).Answered(429).RetryAfter(2s);
  EXPECT_THAT(TableOf(alike), Not(HasSubstr("on the session's clock</span>")));
}

TEST(HtmlExchanges, TellWhetherAPageIsTheLast) {
  Story story;
  story.At(0s, kListing).Points("c2", 1);
  EXPECT_THAT(TableOf(story), HasSubstr(Part("1 item") + " " + Part("next <code>c2</code>")));
  Story last;
  last.At(0s, kListing).Points("", 2);
  EXPECT_THAT(TableOf(last), HasSubstr(Part("2 items") + " " + Part("last page")));
}

TEST(HtmlExchanges, CutLongBodiesBetweenCharacters) {
  const auto of = [](const std::string& body) {
    Story story;
    story.At(0s, kMake, body);
    return TableOf(story);
  };
  EXPECT_THAT(of(std::string(4096, 'a')), Not(HasSubstr("more byte")));
  EXPECT_THAT(of(std::string(4097, 'a')), HasSubstr("a\n… and 1 more byte</pre>"));
  EXPECT_THAT(of(std::string(4095, 'a') + "é"), HasSubstr("a\n… and 2 more bytes</pre>"));
  EXPECT_THAT(of(std::string(4094, 'a') + "éa"), HasSubstr("é\n… and 1 more byte</pre>"));
}

TEST(HtmlExchanges, ShowTheQueryWhereThereIsOne) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=2");
  EXPECT_THAT(TableOf(story), HasSubstr(">GET /v1/boxes?limit=2\n"));
  Story without;
  without.At(0s, kListing);
  EXPECT_THAT(TableOf(without), HasSubstr(">GET /v1/boxes\n"));
}

TEST(HtmlSession, NotesWhatThePageLacks) {
  Story story;
  story.At(0s, kListing);
  SessionReport session = SessionOf(story);
  EXPECT_THAT(HtmlSession(SessionView(session, "s", true), 3), Not(HasSubstr("class=\"note\"")));
  EXPECT_THAT(HtmlSession(SessionView(session, "s", false), 3),
              AllOf(HasSubstr("The page has no room for the exchanges of this session."),
                    Not(HasSubstr("Time line"))));
  session.total = 3;
  EXPECT_THAT(HtmlSession(SessionView(session, "s", true), 3),
              HasSubstr("Of 3 exchanges the page shows 1: "));
  session.truncated = true;
  EXPECT_THAT(HtmlSession(SessionView(session, "s", true), 3),
              HasSubstr("The journal no longer has every exchange"));
}

TEST(HtmlSession, HasNoTimeLineOfNothing) {
  const SessionReport session = SessionOf(Story());
  EXPECT_THAT(HtmlSession(SessionView(session, "s", true), 3), Not(HasSubstr("Time line")));
}

TEST(HtmlSession, TellsFailedChecksBeforeOpenOnes) {
  const SessionReport session =
      SessionOf(Story(), {{"polling-sane", Verdict::Result::kInconclusive, "open", 1, {}},
                          {"recovers", Verdict::Result::kFail, "failed", 1, {}}});
  const std::string page = HtmlSession(SessionView(session, "s", true), 3);
  EXPECT_THAT(page, HasSubstr("class=\"verdict fail\" id=\"s-recovers\""));
  EXPECT_THAT(page, HasSubstr("class=\"verdict unsure\" id=\"s-polling-sane\""));
  EXPECT_LT(page.find("s-recovers"), page.find("s-polling-sane"));
}

}  // namespace
}  // namespace mockduit
