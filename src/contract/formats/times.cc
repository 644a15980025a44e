#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/text.h"
#include "contract/formats/checks.h"

namespace mockduit {
namespace {

// Takes a number of that many digits off the front.
std::optional<int> TakeNumber(std::string_view& text, std::size_t digits) {
  const std::string_view number = text.substr(0, digits);
  if (number.size() != digits || !IsDigits(number)) return std::nullopt;
  text.remove_prefix(digits);
  return ParseNumber<int>(number);
}

bool TakeMark(std::string_view& text, std::string_view marks) {
  if (text.empty() || !marks.contains(text.front())) return false;
  text.remove_prefix(1);
  return true;
}

bool TakeDate(std::string_view& text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !TakeMark(text, "-")) return false;
  const auto month = TakeNumber(text, 2);
  if (!month || !TakeMark(text, "-")) return false;
  const auto day = TakeNumber(text, 2);
  if (!day) return false;
  return std::chrono::year_month_day(std::chrono::year(*year),
                                     std::chrono::month(static_cast<unsigned>(*month)),
                                     std::chrono::day(static_cast<unsigned>(*day)))
      .ok();
}

struct ClockTime {
  int minutes = 0;  // since midnight
  int seconds = 0;  // 60 in a leap second
};

std::optional<int> TakeMinutes(std::string_view& text) {
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 23 || !TakeMark(text, ":")) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

std::optional<ClockTime> TakeClock(std::string_view& text) {
  const auto minutes = TakeMinutes(text);
  if (!minutes || !TakeMark(text, ":")) return std::nullopt;
  const auto seconds = TakeNumber(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  if (TakeMark(text, ".")) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
  }
  return ClockTime{*minutes, *seconds};
}

// Minutes east of UTC.
std::optional<int> TakeOffset(std::string_view& text) {
  if (TakeMark(text, "Zz")) return 0;
  const bool is_west = text.starts_with('-');
  if (!TakeMark(text, "+-")) return std::nullopt;
  const auto minutes = TakeMinutes(text);
  if (!minutes) return std::nullopt;
  return is_west ? -*minutes : *minutes;
}

constexpr int kDay = 24 * 60;

bool IsTime(const ClockTime& time, int offset) {
  const int utc = (time.minutes - offset + 2 * kDay) % kDay;
  return time.seconds < 60 || utc == kDay - 1;
}

// A time with its offset.
Reason WhyNoClock(std::string_view text, const std::string& what) {
  const auto time = TakeClock(text);
  if (!time) return "it is no " + what;
  if (text.empty()) return "it has no offset from UTC, such as Z or +02:00";
  const auto offset = TakeOffset(text);
  if (!offset || !text.empty()) return "its offset from UTC is not written as Z or +02:00";
  if (!IsTime(*time, *offset)) return "there is no leap second at that time";
  return std::nullopt;
}

// Takes numbers with these units behind them, in this order; true where there was one.
bool TakeUnits(std::string_view& text, std::string_view units) {
  bool any = false;
  for (const char unit : units) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits == text.size() || text[digits] != unit) continue;
    text.remove_prefix(digits + 1);
    any = true;
  }
  return any;
}

}  // namespace

Reason WhyNoDate(std::string_view text) {
  return TakeDate(text) && text.empty() ? std::nullopt : Reason("it is no date");
}

Reason WhyNoTime(std::string_view text) { return WhyNoClock(text, "time"); }

Reason WhyNoDateTime(std::string_view text) {
  if (!TakeDate(text) || !TakeMark(text, "Tt")) return "it is no date and time";
  return WhyNoClock(text, "date and time");
}

Reason WhyNoLocalDateTime(std::string_view text) {
  const bool is_good = TakeDate(text) && TakeMark(text, "Tt") && TakeClock(text) && text.empty();
  return is_good ? std::nullopt : Reason("it is no date and time without an offset");
}

Reason WhyNoDuration(std::string_view text) {
  constexpr std::string_view kWhy = "it is no duration, such as P3DT12H";
  if (!TakeMark(text, "P")) return std::string(kWhy);
  bool any = TakeUnits(text, "W");
  if (!any) any = TakeUnits(text, "YMD");
  if (!text.empty() && text.starts_with('T')) {
    text.remove_prefix(1);
    if (!TakeUnits(text, "HMS")) return std::string(kWhy);
    any = true;
  }
  return any && text.empty() ? std::nullopt : Reason(kWhy);
}

}  // namespace mockduit
