#include "base/cron.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

std::string Next(std::string_view schedule, std::string_view after) {
  const auto cron = Cron::Parse(schedule);
  if (!cron) return "no schedule";
  const auto next = cron->Next(*ParseTime(after));
  return next ? FormatSeconds(*next) : "never";
}

TEST(Cron, FindsTheNextTime) {
  const struct {
    std::string_view schedule, after, next;
  } kCases[] = {
      {"* * * * *", "2026-01-15T10:00:00Z", "2026-01-15T10:01:00Z"},
      {"* * * * *", "2026-01-15T10:00:59.999Z", "2026-01-15T10:01:00Z"},
      {"0 */6 * * *", "2026-01-15T10:00:00Z", "2026-01-15T12:00:00Z"},
      {"0 */6 * * *", "2026-01-15T18:00:00Z", "2026-01-16T00:00:00Z"},
      {"30 9 * * 1-5", "2026-01-16T09:30:00Z", "2026-01-19T09:30:00Z"},
      {"30 9 * * MON,wed", "2026-01-15T10:00:00Z", "2026-01-19T09:30:00Z"},
      {"0 0 1 JAN *", "2026-01-15T10:00:00Z", "2027-01-01T00:00:00Z"},
      {"0 0 29 2 *", "2026-01-15T10:00:00Z", "2028-02-29T00:00:00Z"},
      {"5/20 * * * *", "2026-01-15T10:26:00Z", "2026-01-15T10:45:00Z"},
      {"0 12 * * 7", "2026-01-15T10:00:00Z", "2026-01-18T12:00:00Z"},
      {"0 0 13 * 5", "2026-01-15T10:00:00Z", "2026-01-16T00:00:00Z"},
  };
  for (const auto& [schedule, after, next] : kCases) {
    EXPECT_EQ(Next(schedule, after), next) << schedule;
  }
}

TEST(Cron, TakesEitherOfTwoDays) {
  // The 13th or a Friday, as crontab(5) has it where both are given.
  EXPECT_EQ(Next("0 0 13 * 5", "2026-02-07T00:00:00Z"), "2026-02-13T00:00:00Z");
  EXPECT_EQ(Next("0 0 10 * 5", "2026-02-07T00:00:00Z"), "2026-02-10T00:00:00Z");
}

TEST(Cron, KnowsADayThatNeverComes) {
  EXPECT_EQ(Next("0 0 30 2 *", "2026-01-15T10:00:00Z"), "never");
}

TEST(Cron, RefusesWhatIsNoSchedule) {
  for (const std::string_view text :
       {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
        "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *", "@daily", "1,,2 * * * *"}) {
    EXPECT_FALSE(Cron::Parse(text)) << text;
  }
}

}  // namespace
}  // namespace mockduit
