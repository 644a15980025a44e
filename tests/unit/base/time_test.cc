#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/time.h"

namespace mockduit {
namespace {

TEST(Time, ReadsWhatPeopleWrite) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000000Z"},
      {"2026-01-15T10:00:00.5Z", "2026-01-15T10:00:00.500000Z"},
      {"2026-01-15T10:00:00.123456789Z", "2026-01-15T10:00:00.123456Z"},
      {"2026-01-15T10:00:00+02:00", "2026-01-15T08:00:00.000000Z"},
      {"2026-01-15T23:30:00-0130", "2026-01-16T01:00:00.000000Z"},
      {"2026-01-15 10:00", "2026-01-15T10:00:00.000000Z"},
      {"2026-01-15", "2026-01-15T00:00:00.000000Z"},
      {"2024-02-29", "2024-02-29T00:00:00.000000Z"},
      {"1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000Z"},
  };
  for (const auto& [text, expected] : kTexts) {
    const auto time = ParseTime(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(FormatMicros(*time), expected) << text;
  }
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"", "now", "2026", "2026-1-15", "2026-13-01", "2026-02-30", "2025-02-29", "2026-01-15T",
        "2026-01-15T24:00:00Z", "2026-01-15T10:60:00Z", "2026-01-15T10:00:61Z",
        "2026-01-15T10:00:00Zx", "2026-01-15T10:00:00+2", "2026-01-15T10:00:00+02",
        "2026-01-15X10:00", "-026-01-15"}) {
    const auto time = ParseTime(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().message,
              "'" + std::string(text) + "' is no time; write it as 2026-01-15T10:00:00Z");
  }
}

TEST(Time, IsWrittenAsEachVendorWritesIt) {
  const Time time = *ParseTime("2026-01-05T09:07:03.004005Z");
  EXPECT_EQ(FormatMillis(time), "2026-01-05T09:07:03.004Z");
  EXPECT_EQ(FormatMicros(time), "2026-01-05T09:07:03.004005Z");
  EXPECT_EQ(FormatMicrosNaive(time), "2026-01-05T09:07:03.004005");
  EXPECT_EQ(FormatHttpDate(time), "Mon, 05 Jan 2026 09:07:03 GMT");
}

TEST(Duration, ReadsNumbersWithUnits) {
  const std::pair<std::string_view, Duration> kTexts[] = {
      {"5us", Duration(5)},
      {"150ms", std::chrono::milliseconds(150)},
      {"2s", std::chrono::seconds(2)},
      {"1.5s", std::chrono::milliseconds(1500)},
      {"1m30s", std::chrono::seconds(90)},
      {"3h", std::chrono::hours(3)},
      {"1d", std::chrono::hours(24)},
      {"0s", Duration(0)},
  };
  for (const auto& [text, expected] : kTexts) {
    const auto duration = ParseDuration(text);
    ASSERT_TRUE(duration) << text;
    EXPECT_EQ(*duration, expected) << text;
  }
}

TEST(Duration, RefusesWhatIsNoDuration) {
  for (const std::string_view text :
       {"", "2", "s", "-2s", "2 s", "2x", "1e3s", "2s3", "infs", "nans", "1m-1s", "+2s", "0x2s"}) {
    const auto duration = ParseDuration(text);
    ASSERT_FALSE(duration) << text;
    EXPECT_EQ(duration.error().message,
              "'" + std::string(text) + "' is no duration; write it as 150ms, 2s, 1m30s or 1h");
  }
}

TEST(Duration, HasABound) {
  EXPECT_EQ(ParseDuration("99999d").error().message, "'99999d' is longer than ten years");
}

TEST(ClockSetting, ReadsRealFrozenAndRate) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"real", "real"},
      {"2026-01-15T10:00:00Z", "2026-01-15T10:00:00.000000Z"},
      {"2026-01-15T10:00:00Z@60", "2026-01-15T10:00:00.000000Z@60"},
      {"now@60", "now@60"},
      {"2026-01-15@0.5", "2026-01-15T00:00:00.000000Z@0.5"},
  };
  for (const auto& [text, expected] : kTexts) {
    const auto setting = ClockSetting::Parse(text);
    ASSERT_TRUE(setting) << text;
    EXPECT_EQ(setting->Text(), expected);
  }
}

TEST(ClockSetting, ReadsItsOwnTextBack) {
  const auto setting = ClockSetting::Parse("2026-01-15T10:00:00.25Z@2.5");
  EXPECT_EQ(ClockSetting::Parse(setting->Text())->Text(), setting->Text());
}

TEST(ClockSetting, SaysWhatIsWrong) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"noon",
       "'noon' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, now@RATE, or 'real'"},
      {"", "'' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, now@RATE, or 'real'"},
      {"2026-01-15@0", "'0' is no rate; it is a number from 0.001 to 1000000"},
      {"1969-12-31", "'1969-12-31' is not between 1970 and 9999"},
      {"2026-01-15@-1", "'-1' is no rate; it is a number from 0.001 to 1000000"},
      {"2026-01-15@", "'' is no rate; it is a number from 0.001 to 1000000"},
      {"2026-01-15@nan", "'nan' is no rate; it is a number from 0.001 to 1000000"},
      {"2026-01-15@1000001", "'1000001' is no rate; it is a number from 0.001 to 1000000"},
  };
  for (const auto& [text, message] : kTexts) {
    const auto setting = ClockSetting::Parse(text);
    ASSERT_FALSE(setting) << text;
    EXPECT_EQ(setting.error().message, message);
  }
}

class SessionClockTest : public ::testing::Test {
 protected:
  Time Passed(const char* setting, Duration by) {
    const SessionClock clock(real_, *ClockSetting::Parse(setting));
    real_.Advance(by);
    return clock.Now();
  }
  ManualClock real_{*ParseTime("2030-05-05T00:00:00Z")};
};

TEST_F(SessionClockTest, FollowsTheRealClock) {
  EXPECT_EQ(FormatMicros(Passed("real", std::chrono::seconds(5))), "2030-05-05T00:00:05.000000Z");
}

TEST_F(SessionClockTest, StandsStillWhenFrozen) {
  EXPECT_EQ(FormatMicros(Passed("2026-01-15", std::chrono::hours(5))),
            "2026-01-15T00:00:00.000000Z");
}

TEST_F(SessionClockTest, RunsAtItsRate) {
  EXPECT_EQ(FormatMicros(Passed("2026-01-15@60", std::chrono::seconds(2))),
            "2026-01-15T00:02:00.000000Z");
}

TEST_F(SessionClockTest, RestartsWhereItsSettingStarts) {
  SessionClock clock(real_, *ClockSetting::Parse("2026-01-15@60"));
  real_.Advance(std::chrono::hours(1));
  clock.Restart();
  real_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(FormatMicros(clock.Now()), "2026-01-15T00:01:00.000000Z");
}

TEST(Duration, IsWrittenInItsLargestWholeUnit) {
  for (const char* text : {"0s", "1us", "150ms", "61s", "90m", "1h", "36h", "2d"}) {
    EXPECT_EQ(FormatDuration(*ParseDuration(text)), text);
  }
}

TEST_F(SessionClockTest, IsMovedAndRunsFromThereOn) {
  SessionClock clock(real_, *ClockSetting::Parse("2026-01-15"));
  clock.Advance(std::chrono::seconds(61));
  EXPECT_EQ(clock.Now(), *ParseTime("2026-01-15T00:01:01Z"));
  clock.Run(clock.Now(), 60);
  real_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(clock.Now(), *ParseTime("2026-01-15T00:02:01Z"));
  clock.Advance(std::chrono::seconds(59));
  EXPECT_EQ(clock.Now(), *ParseTime("2026-01-15T00:03:00Z"));
  clock.Run(clock.Now(), 0);
  real_.Advance(std::chrono::hours(1));
  EXPECT_EQ(clock.Now(), *ParseTime("2026-01-15T00:03:00Z"));
  clock.Restart();
  EXPECT_EQ(clock.Now(), *ParseTime("2026-01-15"));
}

TEST_F(SessionClockTest, TellsHowLongAWaitIsForAClient) {
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  SessionClock clock(real_, *ClockSetting::Parse("2026-01-15@60"));
  EXPECT_EQ(clock.RealWait(seconds(60)), seconds(1));
  EXPECT_EQ(clock.RealWait(seconds(90)), milliseconds(1500));
  clock.Set(*ClockSetting::Parse("2026-01-15"));
  EXPECT_EQ(clock.RealWait(seconds(60)), seconds(60));
  clock.Set({});
  EXPECT_EQ(clock.RealWait(seconds(60)), seconds(60));
}

TEST(Random, GoesOnWhereItWasLeft) {
  Random whole(7);
  Random first(7);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(first.Next(), whole.Next());
  Random second(first.seed(), first.draws());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(second.Next(), whole.Next());
}

TEST(Random, DrawsBelowOne) {
  Random random(7);
  for (int i = 0; i < 1000; ++i) {
    const double unit = random.Unit();
    EXPECT_GE(unit, 0);
    EXPECT_LT(unit, 1);
  }
}

}  // namespace
}  // namespace mockduit
