// The time line of the HTML report: where its marks, waits, rows and ticks are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kBoxes = "GET /v1/boxes";

std::string TimelineOf(const Story& story) {
  SessionReport session;
  session.shown = story.exchanges();
  return HtmlTimeline(SessionView(session, "s", true));
}

std::string OfTimes(const std::vector<Duration>& times) {
  Story story;
  story.Each(times, kBoxes, "", 200);
  return TimelineOf(story);
}

std::size_t Count(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

// "left:25.00%;--level:0", as the marks have it.
std::string At(const std::string& percent, int level = 0) {
  return "style=\"left:" + percent + "%;--level:" + std::to_string(level) + "\"></a>";
}
std::string Bar(const std::string& kind, const std::string& left, const std::string& width) {
  return "class=\"" + kind + "\" style=\"left:" + left + "%;width:" + width + "%;--level:0\"";
}

TEST(HtmlTimeline, HasARowForEachMethodAndPath) {
  Story story;
  story.At(0s, "GET /v1/boxes?limit=1");
  story.At(1s, "GET /v1/boxes?limit=2");
  story.At(2s, kMake, kBox);
  const std::string timeline = TimelineOf(story);
  EXPECT_EQ(Count(timeline, "class=\"row\""), 2U);
  EXPECT_THAT(timeline, HasSubstr("<code>GET /v1/boxes</code>"));
  EXPECT_THAT(timeline, HasSubstr("<code>POST /v1/boxes</code>"));
}

TEST(HtmlTimeline, PutsTheCallsPastTheTwelfthIntoOneRow) {
  const auto of = [](int calls) {
    Story story;
    for (int i = 0; i < calls; ++i) {
      story.At(i * Duration(1s), "GET /v1/boxes/" + std::to_string(i));
    }
    return TimelineOf(story);
  };
  EXPECT_EQ(Count(of(12), "class=\"row\""), 12U);
  EXPECT_THAT(of(12), Not(HasSubstr("all others")));
  EXPECT_EQ(Count(of(14), "class=\"row\""), 12U);
  EXPECT_THAT(of(14), HasSubstr("<code>all others</code>"));
  EXPECT_EQ(Count(of(14), "class=\"mark "), 14U + 1U) << "and one in the legend";
}

TEST(HtmlTimeline, PlacesMarksByTheirTimes) {
  const std::string timeline = OfTimes({0s, 1s, 4s});
  EXPECT_THAT(timeline, HasSubstr(At("0.00")));
  EXPECT_THAT(timeline, HasSubstr(At("25.00")));
  EXPECT_THAT(timeline, HasSubstr(At("100.00")));
}

TEST(HtmlTimeline, SpacesMarksEvenlyWhereTheClockStoodStill) {
  const std::string timeline = OfTimes({0s, 0s});
  EXPECT_THAT(timeline, HasSubstr(At("25.00")));
  EXPECT_THAT(timeline, HasSubstr(At("75.00")));
  EXPECT_THAT(timeline, HasSubstr("The session's clock stood still"));
  EXPECT_THAT(OfTimes({0s}), Not(HasSubstr("The session's clock stood still")));
  EXPECT_THAT(OfTimes({0s}), HasSubstr(At("0.00")));
}

TEST(HtmlTimeline, PlacesMarksThatAreCloseAboveEachOther) {
  EXPECT_THAT(OfTimes({0s, 22ms, 1s}), HasSubstr(At("2.20", 1)));
  EXPECT_THAT(OfTimes({0s, 22ms, 1s}), HasSubstr("--levels:2"));
  EXPECT_THAT(OfTimes({0s, 23ms, 1s}), HasSubstr(At("2.30", 0)));
  EXPECT_THAT(OfTimes({0s, 23ms, 1s}), HasSubstr("--levels:1"));
}

TEST(HtmlTimeline, SaysHowManyMarksAreBehindOthers) {
  std::vector<Duration> times(10, 0s);
  times.push_back(1s);
  EXPECT_THAT(OfTimes(times), Not(HasSubstr("behind the lowest ones")));
  times.insert(times.begin(), 2, Duration(0s));
  EXPECT_THAT(OfTimes(times), HasSubstr("2 more marks behind the lowest ones"));
  EXPECT_THAT(OfTimes(times), HasSubstr("--levels:10"));
}

TEST(HtmlTimeline, DrawsAWaitUntilItsEnd) {
  Story story;
  story.At(0s, kBoxes).Answered(429).RetryAfter(2s);
  story.At(4s, kBoxes);
  EXPECT_THAT(TimelineOf(story), HasSubstr(Bar("wait", "0.00", "50.00")));
  EXPECT_THAT(TimelineOf(story), HasSubstr(R"(<b style="left:0.00%;right:0.00%">wait 2 s</b>)"));
}

TEST(HtmlTimeline, WritesAWaitWhereItsBarHasMostRoomBetweenMarks) {
  Story story;
  story.At(0s, kBoxes).Answered(429).RetryAfter(8s);
  for (const Duration at : {2s, 6s, 10s}) story.At(at, kBoxes);
  EXPECT_THAT(TimelineOf(story), HasSubstr(Bar("wait", "0.00", "80.00")));
  EXPECT_THAT(TimelineOf(story), HasSubstr(R"(<b style="left:25.00%;right:25.00%">wait 8 s</b>)"));
}

TEST(HtmlTimeline, CutsOffAWaitThatIsFarLongerThanTheRest) {
  const auto of = [](Duration wait) {
    Story story;
    story.At(0s, kBoxes).Answered(429).RetryAfter(wait);
    story.At(1s, kBoxes);
    return TimelineOf(story);
  };
  EXPECT_THAT(of(4s), HasSubstr(Bar("wait", "0.00", "100.00")));
  EXPECT_THAT(of(4s), HasSubstr(At("25.00")));
  EXPECT_THAT(of(5s), HasSubstr(Bar("wait cut", "0.00", "100.00")));
  EXPECT_THAT(of(5s), HasSubstr(At("80.00")));
}

TEST(HtmlTimeline, PlacesAnEarlyAttemptOnTheWaitThatItCutShort) {
  Story story;
  story.At(0s, kBoxes).Answered(429).RetryAfter(2s);
  story.At(1s, kBoxes);
  story.At(4s, kBoxes);
  EXPECT_THAT(TimelineOf(story), HasSubstr("--levels:1"));
}

TEST(HtmlTimeline, PlacesWaitsThatOverlapAboveEachOther) {
  Story story;
  story.At(0s, kBoxes).Answered(429).RetryAfter(2s);
  story.At(1s, kBoxes).Answered(429).RetryAfter(2s);
  story.At(4s, kBoxes);
  EXPECT_THAT(TimelineOf(story), HasSubstr(At("25.00", 1)));
}

TEST(HtmlTimeline, DrawsTheDelayOfAResponse) {
  Story story;
  story.At(0s, kBoxes).After(1s);
  story.At(4s, kBoxes);
  EXPECT_THAT(TimelineOf(story), HasSubstr(Bar("delay", "0.00", "25.00")));
  EXPECT_THAT(OfTimes({0s, 4s}), Not(HasSubstr("class=\"delay\"")));
}

TEST(HtmlTimeline, CutsASilenceOutThatIsLongForTheSession) {
  EXPECT_THAT(OfTimes({0s, 1s, 2s, 3s, 603s}), Not(HasSubstr("then nothing")));
  EXPECT_THAT(OfTimes({0s, 1s, 2s, 3s, 604s}), HasSubstr("then nothing for 10 min 1 s"));
  EXPECT_THAT(OfTimes({0min, 1min, 2min, 3min, 23min}), Not(HasSubstr("then nothing")));
  EXPECT_THAT(OfTimes({0min, 1min, 2min, 3min, 24min}), HasSubstr("then nothing for 21 min"));
}

TEST(HtmlTimeline, CutsNothingOutWhereTheLongPauseIsTheUsualOne) {
  EXPECT_THAT(OfTimes({0s, 1s, 701s}), Not(HasSubstr("then nothing")));
}

TEST(HtmlTimeline, TakesAnAnnouncedWaitForNoSilence) {
  const auto of = [](Duration next) {
    Story story;
    story.Each({0s, 1s, 2s}, kBoxes, "", 200);
    story.At(3s, kBoxes).Answered(429).RetryAfter(300s);
    story.At(3s + next, kBoxes);
    return TimelineOf(story);
  };
  EXPECT_THAT(of(1200s), Not(HasSubstr("then nothing")));
  EXPECT_THAT(of(1201s), HasSubstr("then nothing for 20 min 1 s"));
}

TEST(HtmlTimeline, HasAtMostSixTicks) {
  const auto ticks = [](Duration span) {
    const std::string timeline = OfTimes({0s, span});
    const std::size_t begin = timeline.find("class=\"ticks\"");
    return timeline.substr(begin, timeline.find("</div>", begin) - begin);
  };
  EXPECT_EQ(Count(ticks(1s), "<span"), 6U);
  EXPECT_THAT(ticks(1s), HasSubstr(">200 ms<"));
  EXPECT_EQ(Count(ticks(6s), "<span"), 4U);
  EXPECT_THAT(ticks(6s), HasSubstr(">2 s<"));
  EXPECT_THAT(ticks(10min), HasSubstr(">2 min<"));
  EXPECT_THAT(ticks(240h), HasSubstr(">4320 min<"));
  EXPECT_EQ(Count(ticks(240h), "<span"), 4U);
  EXPECT_EQ(Count(ticks(1s), "class=\"end\""), 1U) << "the last one is written to the left";
}

TEST(HtmlTimeline, ExplainsOnlyTheMarksThatItHas) {
  const std::string well = OfTimes({0s, 1s});
  EXPECT_THAT(well, HasSubstr("</i>success</span>"));
  for (const char* absent : {"(4xx)", "(429)", "(5xx)", "lost on the way", "Retry-After"}) {
    EXPECT_THAT(well, Not(HasSubstr(absent)));
  }
  Story story;
  story.At(0s, kBoxes).Answered(429).RetryAfter(2s);
  story.At(4s, kBoxes).Answered(404);
  story.At(5s, kBoxes).Answered(500);
  story.At(6s, kBoxes).Lost();
  const std::string badly = TimelineOf(story);
  for (const char* there : {"(4xx)", "(429)", "(5xx)", "lost on the way", "Retry-After asks for"}) {
    EXPECT_THAT(badly, HasSubstr(there));
  }
  EXPECT_THAT(badly, Not(HasSubstr("Retry-After cut short")));
  EXPECT_THAT(badly, Not(HasSubstr("</i>success</span>")));
}

}  // namespace
}  // namespace mockduit
