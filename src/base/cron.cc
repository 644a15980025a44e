#include "base/cron.h"

#include <array>
#include <span>

#include "base/text.h"

namespace mockduit {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 13> kMonths = {
    "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

struct Bounds {
  int least;
  int most;
  Names names;  // by number; empty where only numbers are known
};

std::optional<int> Number(std::string_view text, const Bounds& bounds) {
  for (std::size_t i = 0; i < bounds.names.size(); ++i) {
    if (!bounds.names[i].empty() && LowerCase(text) == bounds.names[i]) {
      return static_cast<int>(i);
    }
  }
  const auto number = ParseNumber<int>(text);
  return number && *number >= bounds.least && *number <= bounds.most ? number : std::nullopt;
}

// "1-5", "*/15", "MON": sets what it names; false when it is none.
template <std::size_t N>
bool Take(std::string_view item, const Bounds& bounds, std::bitset<N>& set) {
  std::string_view range = TakeUntil(item, "/");
  int step = 1;
  const bool stepped = !item.empty();
  if (stepped) {
    const auto number = Number(item, {1, bounds.most, {}});
    if (!number) return false;
    step = *number;
  }
  int from = bounds.least;
  int to = bounds.most;
  if (range != "*") {
    const bool open_end = range.find('-') == std::string_view::npos;
    const auto first = Number(TakeUntil(range, "-"), bounds);
    const auto last = open_end ? first : Number(range, bounds);
    if (!first || !last || *first > *last) return false;
    from = *first;
    to = open_end && stepped ? bounds.most : *last;
  }
  for (int i = from; i <= to; i += step) set.set(static_cast<std::size_t>(i) % N);
  return true;
}

template <std::size_t N>
bool TakeField(std::string_view field, const Bounds& bounds, std::bitset<N>& set) {
  if (field.empty()) return false;
  while (!field.empty()) {
    if (!Take(TakeUntil(field, ","), bounds, set)) return false;
  }
  return true;
}

}  // namespace

std::optional<Cron> Cron::Parse(std::string_view text) {
  std::array<std::string_view, 5> fields;
  text = Trim(text);
  for (std::string_view& field : fields) {
    field = TakeUntil(text, " ");
    text = Trim(text);
  }
  if (!text.empty()) return std::nullopt;
  Cron cron;
  const bool good = TakeField(fields[0], {0, 59, {}}, cron.minutes_) &&
                    TakeField(fields[1], {0, 23, {}}, cron.hours_) &&
                    TakeField(fields[2], {1, 31, {}}, cron.days_) &&
                    TakeField(fields[3], {1, 12, kMonths}, cron.months_) &&
                    TakeField(fields[4], {0, 7, kWeekdays}, cron.weekdays_);
  if (!good) return std::nullopt;
  cron.any_day_ = fields[2].starts_with('*');
  cron.any_weekday_ = fields[4].starts_with('*');
  return cron;
}

bool Cron::MeetsDay(std::chrono::sys_days day) const {
  const std::chrono::year_month_day date(day);
  if (!months_.test(unsigned{date.month()})) return false;
  const bool by_day = days_.test(unsigned{date.day()});
  const bool by_weekday = weekdays_.test(std::chrono::weekday(day).c_encoding());
  if (any_day_ || any_weekday_) return by_day && by_weekday;
  return by_day || by_weekday;
}

std::optional<Time> Cron::Next(Time after) const {
  using std::chrono::days;
  using std::chrono::floor;
  using std::chrono::hours;
  using std::chrono::minutes;
  const Time from = floor<minutes>(after) + minutes(1);
  const std::chrono::sys_days first = floor<days>(from);
  for (std::chrono::sys_days day = first; day <= first + days(366 * 8); day += days(1)) {
    if (!MeetsDay(day)) continue;
    for (int hour = 0; hour < 24; ++hour) {
      if (!hours_.test(static_cast<std::size_t>(hour))) continue;
      for (int minute = 0; minute < 60; ++minute) {
        const Time at = Time(day) + hours(hour) + minutes(minute);
        if (at >= from && minutes_.test(static_cast<std::size_t>(minute))) return at;
      }
    }
  }
  return std::nullopt;
}

}  // namespace mockduit
