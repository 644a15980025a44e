// Cron: a schedule of five fields (minute, hour, day of month, month, day of week), as crontab(5)
// has it: '*', numbers, names of months and days, ranges, lists and steps. Times are UTC.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace mockduit {

class Cron {
 public:
  // Nothing when the text is no such schedule.
  static std::optional<Cron> Parse(std::string_view text);

  // The first time after `after`, to the minute; nothing when there is none in eight years (the
  // 30th of February).
  std::optional<Time> Next(Time after) const;

 private:
  bool MeetsDay(std::chrono::sys_days day) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;     // of the month, from 1
  std::bitset<13> months_;   // from 1
  std::bitset<7> weekdays_;  // Sunday is 0
  // Where both are given, one of them is enough.
  bool any_day_ = false;
  bool any_weekday_ = false;
};

}  // namespace mockduit
