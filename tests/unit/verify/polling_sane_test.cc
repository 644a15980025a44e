#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kPollingSane = "polling-sane";
constexpr std::string_view kLook = "GET /v1/boxes/a";

// So many looks with these waits between; what is looked at ends with the last of them.
Story Polling(std::size_t looks, Duration wait) {
  Story story;
  for (std::size_t i = 0; i < looks; ++i) {
    Line look = story.At(wait * i, kLook);
    if (i + 1 < looks) look.GoingOn();
  }
  return story;
}

TEST(PollingSane, PassesWhoWaitsBetweenLooksAndStops) {
  EXPECT_EQ(Polling(3, 1s).Result(kPollingSane), "pass");
  EXPECT_EQ(Polling(3, 1s).Exercised(kPollingSane), 1u);
  EXPECT_EQ(Polling(50, 10s).Result(kPollingSane), "pass");
}

TEST(PollingSane, FailsWhoDoesNotWait) {
  const Story story = Polling(5, 10ms);
  EXPECT_EQ(story.Result(kPollingSane), "fail");
  EXPECT_THAT(story.Findings(kPollingSane),
              ElementsAre("GET /v1/boxes/a was looked at 5 times in 40 ms, with less than 100 ms "
                          "between"));
  EXPECT_THAT(story.Shown(kPollingSane), ElementsAre(SizeIs(5)));
}

TEST(PollingSane, AsksForATenthOfASecond) {
  EXPECT_EQ(Polling(5, 100ms).Result(kPollingSane), "pass");
  EXPECT_EQ(Polling(5, 100ms - 1us).Result(kPollingSane), "fail");
  EXPECT_EQ(Polling(5, 1s).Set("polling-sane.least=2s").Result(kPollingSane), "fail");
}

TEST(PollingSane, AWaitBeginsAtTheAnswer) {
  Story at_once;
  for (int i = 0; i < 6; ++i) at_once.At(i * 255ms, kLook).After(250ms).GoingOn();
  EXPECT_EQ(at_once.Result(kPollingSane), "fail");
  Story waiting;
  for (int i = 0; i < 6; ++i) waiting.At(i * 350ms, kLook).After(250ms).GoingOn();
  EXPECT_EQ(waiting.Result(kPollingSane), "pass");
}

TEST(PollingSane, IsNotExercisedByALookOrTwo) {
  EXPECT_EQ(Polling(1, 1s).Result(kPollingSane), "not_exercised");
  EXPECT_EQ(Polling(2, 0s).Result(kPollingSane), "not_exercised");
}

TEST(PollingSane, IsNotExercisedWhereNothingGoesOn) {
  Story story;
  for (int i = 0; i < 20; ++i) story.At(i * Duration(1ms), kLook);
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
}

TEST(PollingSane, LetsTwoWatchersComeCloseTogether) {
  Story story;
  for (int i = 0; i < 10; ++i) {
    story.At(i * Duration(1s), kLook).GoingOn();
    story.At(i * Duration(1s) + 10ms, kLook).GoingOn();
  }
  EXPECT_EQ(story.Result(kPollingSane), "pass");
}

TEST(PollingSane, FailsMoreThanThreeHundredLooks) {
  EXPECT_EQ(Polling(300, 1s).Result(kPollingSane), "pass");
  const Story story = Polling(301, 1s);
  EXPECT_EQ(story.Result(kPollingSane), "fail");
  EXPECT_THAT(story.Findings(kPollingSane),
              ElementsAre("GET /v1/boxes/a was looked at 301 times while it went on"));
  EXPECT_EQ(Polling(6, 1s).Set("polling-sane.max_looks=5").Result(kPollingSane), "fail");
}

TEST(PollingSane, FailsWhoLooksOnAfterTheEnd) {
  Story story = Polling(3, 1s);
  story.At(3s, kLook);
  story.At(4s, kLook);
  story.At(5s, kLook);
  EXPECT_EQ(story.Result(kPollingSane), "pass");
  story.At(6s, kLook);
  EXPECT_EQ(story.Result(kPollingSane), "fail");
  EXPECT_THAT(
      story.Findings(kPollingSane),
      ElementsAre("GET /v1/boxes/a was looked at 4 more times after a response had shown its end"));
  EXPECT_THAT(story.Shown(kPollingSane), ElementsAre(ElementsAre(3u, 4u, 5u, 6u, 7u)));
  EXPECT_EQ(story.Set("polling-sane.looks_after_end=4").Result(kPollingSane), "pass");
}

// Whoever does not see that it has ended looks on, however soon the end came.
TEST(PollingSane, FailsWhoLooksOnThoughTheEndCameSoon) {
  Story story = Polling(2, 1s);
  for (int i = 2; i < 20; ++i) story.At(i * Duration(1s), kLook);
  EXPECT_EQ(story.Result(kPollingSane), "fail");
}

TEST(PollingSane, LooksThatHaveAReasonOfTheirOwnAreNoPolling) {
  Story change = Polling(3, 1s);
  change.At(3s, "PATCH /v1/boxes/a", kBox);
  for (const Duration at : {4s, 5s, 6s, 7s}) change.At(at, kLook);
  EXPECT_EQ(change.Result(kPollingSane), "pass");
  Story later = Polling(3, 1s);
  for (int i = 1; i < 5; ++i) later.At(2s + i * (30s + 1us), kLook);
  EXPECT_EQ(later.Result(kPollingSane), "pass");
  Story soon = Polling(3, 1s);
  for (int i = 1; i < 5; ++i) soon.At(2s + i * Duration(30s), kLook);
  EXPECT_EQ(soon.Result(kPollingSane), "fail");
}

TEST(PollingSane, AFewReadsRightAfterACreateAreNoPolling) {
  Story story;
  story.At(0s, kMake, kBox);
  for (const Duration at : {1ms, 2ms, 3ms}) story.At(at, kLook).GoingOn();
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
  story.At(4ms, kLook).GoingOn();
  EXPECT_EQ(story.Result(kPollingSane), "fail");
}

TEST(PollingSane, LooksBetweenWritesAreNoPolling) {
  Story story;
  for (int i = 0; i < 6; ++i) {
    story.At(i * 10ms, kLook).GoingOn();
    story.At(i * 10ms + 5ms, "PATCH /v1/boxes/a", kBox);
  }
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
}

TEST(PollingSane, OverAPoolsConnectionsItIsOnePoller) {
  Story story;
  for (int i = 0; i < 12; ++i) story.At(i * 20ms, kLook).GoingOn().On(1 + i % 3);
  EXPECT_EQ(story.Result(kPollingSane), "fail");
}

TEST(PollingSane, LooksThatOverlapAreThoseOfSeveral) {
  Story story;
  for (int i = 0; i < 6; ++i) {
    for (std::uint64_t poller = 1; poller <= 4; ++poller) {
      story.At(i * 1s + poller * 10ms, kLook).After(90ms).GoingOn().On(poller);
    }
  }
  EXPECT_EQ(story.Result(kPollingSane), "pass");
}

TEST(PollingSane, TellsWatchersApartWhoLookTwiceEach) {
  const auto ten_look = [](int times) {
    Story story;
    for (int i = 0; i < times; ++i) {
      for (std::uint64_t watcher = 1; watcher <= 10; ++watcher) {
        story.At(i * Duration(1s) + watcher * Duration(10ms), kLook).GoingOn().On(watcher);
      }
    }
    return story.Result(kPollingSane);
  };
  EXPECT_EQ(ten_look(1), "fail") << "one client that opens a connection for each look";
  EXPECT_EQ(ten_look(2), "inconclusive") << "or ten";
}

// A rescheduled job says when it will go on.
TEST(PollingSane, FailsWhoLooksOnThoughItWasToldWhenToComeAgain) {
  const auto looks = [](Duration from, Duration wait) {
    Story story;
    story.At(0s, kLook).GoingOn().Answers(R"({"dry_at":"2026-01-15T11:00:00Z"})");
    for (int i = 0; i < 6; ++i) {
      story.At(from + i * wait, kLook).GoingOn().Answers(R"({"dry_at":"2026-01-15T11:00:00Z"})");
    }
    return story.Result(kPollingSane);
  };
  EXPECT_EQ(looks(1s, 1s), "fail");
  EXPECT_EQ(looks(1h, 1s), "pass");
  Story still;
  for (int i = 0; i < 6; ++i) {
    still.At(i * 1s, kLook).GoingOn().Answers(R"({"dry_at":"2026-01-15T11:00:00Z"})").Frozen();
  }
  EXPECT_EQ(still.Result(kPollingSane), "inconclusive");
}

TEST(PollingSane, WhatBeginsAnewIsWatchedAnew) {
  Story story = Polling(200, 1s);
  story.At(200s, "POST /v1/boxes/a/paint");
  for (int i = 1; i <= 200; ++i) story.At(200s + i * Duration(1s), kLook).GoingOn();
  EXPECT_EQ(story.Result(kPollingSane), "pass");
  EXPECT_EQ(story.Exercised(kPollingSane), 2u);
}

TEST(PollingSane, EachResourceIsWatchedByItself) {
  Story story;
  for (int i = 0; i < 30; ++i) {
    story.At(i * Duration(200ms), "GET /v1/boxes/" + std::to_string(i % 3)).GoingOn();
    story.At(i * Duration(200ms) + 1ms, "GET /v1/boxes").GoingOn();
  }
  EXPECT_EQ(story.Result(kPollingSane), "pass");
  EXPECT_EQ(story.Exercised(kPollingSane), 4u);
}

TEST(PollingSane, ALookThatFailedSawNothing) {
  Story story;
  for (int i = 0; i < 20; ++i) story.At(i * Duration(1ms), kLook).GoingOn().Answered(503);
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
}

TEST(PollingSane, CannotBeToldOnAClockThatStandsStill) {
  const Story story = Polling(5, 0s).Frozen();
  EXPECT_EQ(story.Result(kPollingSane), "inconclusive");
  EXPECT_THAT(story.Findings(kPollingSane), ElementsAre(HasSubstr("clock stood still")));
  EXPECT_EQ(Polling(5, 1s).Frozen().Result(kPollingSane), "pass");
}

// Looks each second, each of which is told what the function says of its number.
Story ToldLooks(int looks, const std::function<std::string(int)>& told) {
  Story story;
  for (int i = 0; i < looks; ++i) {
    const std::string time = told(i);
    story.At(i * 1s, kLook)
        .GoingOn()
        .Answers(time.empty() ? "{}" : R"({"dry_at":")" + time + R"("})");
  }
  return story;
}

TEST(PollingSane, ATimeThatMovesOnIsWaitedForAllTheSame) {
  const auto moving = [](int i) { return "2026-01-15T11:00:" + std::to_string(10 + i) + "Z"; };
  EXPECT_EQ(ToldLooks(12, moving).Result(kPollingSane), "fail");
  Story story =
      ToldLooks(10, [](int i) { return i < 9 ? "2026-01-15T11:00:00Z" : "2026-01-15T12:00:00Z"; });
  story.At(2h, kLook);
  EXPECT_EQ(story.Result(kPollingSane), "fail") << "the second one alone was heeded";
}

TEST(PollingSane, ATimeThatIsNoLongerToldHoldsNobody) {
  const auto once = [](int i) { return std::string(i == 0 ? "2026-01-15T11:00:00Z" : ""); };
  EXPECT_EQ(ToldLooks(9, once).Result(kPollingSane), "pass");
}

TEST(PollingSane, AWriteEndsTheWaitForAToldTime) {
  Story story;
  story.At(0s, kLook).Answers(R"({"dry_at":"2026-01-15T11:00:00Z"})");
  story.At(1s, "POST /v1/boxes/a/paint");
  for (int i = 2; i < 8; ++i) story.At(i * 1s, kLook).Answers("{}");
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
}

TEST(PollingSane, ATimeThatTheLastLookToldShowsNothing) {
  Story story;
  story.At(0s, kLook).Answers(R"({"dry_at":"2026-01-15T11:00:00Z"})");
  EXPECT_EQ(story.Result(kPollingSane), "not_exercised");
  story.At(1h, kLook);
  EXPECT_EQ(story.Result(kPollingSane), "pass");
}

}  // namespace
}  // namespace mockduit
