#include "base/time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <optional>

#include "base/text.h"

namespace mockduit {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::year_month_day;

// Takes a number of exactly `digits` digits off the front of `text`.
std::optional<int> TakeNumber(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  const auto number = ParseNumber<unsigned>(text.substr(0, digits));
  if (!number) return std::nullopt;
  text.remove_prefix(digits);
  return static_cast<int>(*number);
}

bool TakeChar(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Time> TakeDate(std::string_view& text) {
  const auto year = TakeNumber(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = TakeNumber(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = TakeNumber(text, 2);
  if (!day) return std::nullopt;
  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// The fraction after the seconds, cut to microseconds.
Duration TakeFraction(std::string_view& text) {
  if (!TakeChar(text, '.')) return {};
  Duration::rep micros = 0;
  Duration::rep unit = 100'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    micros += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return Duration(micros);
}

std::optional<Duration> TakeClock(std::string_view& text) {
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (TakeChar(text, ':')) {
    const auto seconds = TakeNumber(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    second = *seconds;
  }
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(second) +
         TakeFraction(text);
}

std::optional<Duration> TakeOffset(std::string_view& text) {
  if (text.empty() || TakeChar(text, 'Z') || TakeChar(text, 'z')) return Duration(0);
  const bool minus = text.starts_with('-');
  if (!minus && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = TakeNumber(text, 2);
  TakeChar(text, ':');
  const auto minutes = TakeNumber(text, 2);
  if (!hours || !minutes) return std::nullopt;
  const Duration offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return minus ? -offset : offset;
}

// Takes the fraction of a second off the front; false where a dot has no digit behind it.
bool SkipFraction(std::string_view& text) {
  if (!TakeChar(text, '.')) return true;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(digits);
  return digits > 0;
}

// Z, or +hh:mm within a day.
bool IsRfcOffset(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  if (text.size() != std::string_view("+00:00").size() || text[3] != ':') return false;
  const auto hours = ParseNumber<unsigned>(text.substr(1, 2));
  const auto minutes = ParseNumber<unsigned>(text.substr(4));
  return (text[0] == '+' || text[0] == '-') && hours && *hours < 24 && minutes && *minutes < 60;
}

struct Unit {
  std::string_view name;
  Duration length;
};
constexpr std::array<Unit, 6> kUnits = {{{"d", days(1)},
                                         {"h", std::chrono::hours(1)},
                                         {"m", std::chrono::minutes(1)},
                                         {"s", std::chrono::seconds(1)},
                                         {"ms", std::chrono::milliseconds(1)},
                                         {"us", Duration(1)}}};

std::optional<Duration> UnitOf(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.length;
  }
  return std::nullopt;
}

struct Broken {  // a time, broken down
  int year, month, day, hour, minute, second, micros;
};

Broken BreakDown(Time time) {
  const auto midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss<Duration> clock{time - midnight};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<int>(clock.subseconds().count())};
}

// Writes a number with leading zeros over the characters from `at` on. Every exchange has its time
// written, so this does without printf.
void WriteNumber(std::string& text, std::size_t at, int number, std::size_t digits) {
  for (; digits > 0; --digits, number /= 10) {
    text[at + digits - 1] = static_cast<char>('0' + number % 10);
  }
}

// With `digits` of the fraction, which may be 0, and room for a 'Z'.
std::string FormatBroken(const Broken& t, std::size_t digits) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000000Z";
  constexpr std::size_t kToSeconds = kForm.find('.');
  std::string text(kForm);
  WriteNumber(text, 0, t.year, 4);
  WriteNumber(text, 5, t.month, 2);
  WriteNumber(text, 8, t.day, 2);
  WriteNumber(text, 11, t.hour, 2);
  WriteNumber(text, 14, t.minute, 2);
  WriteNumber(text, 17, t.second, 2);
  if (digits > 0) WriteNumber(text, kToSeconds + 1, t.micros, 6);
  text.resize(kToSeconds + (digits > 0 ? digits + 1 : 0));
  return text;
}

}  // namespace

Result<Time> ParseTime(std::string_view text) {
  std::string_view rest = text;
  const auto wrong = [&] {
    return Fail("'" + std::string(text) + "' is no time; write it as 2026-01-15T10:00:00Z");
  };
  auto time = TakeDate(rest);
  if (!time) return wrong();
  if (rest.empty()) return *time;
  if (!TakeChar(rest, 'T') && !TakeChar(rest, 't') && !TakeChar(rest, ' ')) return wrong();
  const auto clock = TakeClock(rest);
  if (!clock) return wrong();
  const auto offset = TakeOffset(rest);
  if (!offset || !rest.empty()) return wrong();
  return *time + *clock - *offset;
}

Result<Time> ParseRfc3339(std::string_view text) {
  const auto wrong = [&] {
    return Fail("'" + std::string(text) + "' is no time of RFC 3339, as 2026-01-15T10:00:00Z");
  };
  constexpr std::string_view kDate = "2026-01-15";
  constexpr std::string_view kSeconds = "2026-01-15T10:00:00";
  if (text.size() <= kSeconds.size() || LowerCase(text.substr(kDate.size(), 1)) != "t")
    return wrong();
  std::string plain(text);
  const bool leaps = text.substr(kSeconds.size() - 2, 2) == "60";
  if (leaps) plain.replace(kSeconds.size() - 2, 2, "59");
  std::string_view rest = std::string_view(text).substr(kSeconds.size());
  if (text[kSeconds.size() - 3] != ':' || !SkipFraction(rest) || !IsRfcOffset(rest)) return wrong();
  const auto time = ParseTime(plain);
  if (!time) return wrong();
  return *time + std::chrono::seconds(leaps ? 1 : 0);
}

Result<Duration> ParseWordedDuration(std::string_view text) {
  const auto wrong = [&] {
    return Fail("'" + std::string(text) + "' is no duration, as 10 hours");
  };
  static constexpr std::array<Unit, 5> kWords = {{{"second", std::chrono::seconds(1)},
                                                  {"minute", std::chrono::minutes(1)},
                                                  {"hour", std::chrono::hours(1)},
                                                  {"day", days(1)},
                                                  {"week", std::chrono::weeks(1)}}};
  std::string_view rest = text;
  TakeChar(rest, '+');
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const auto number = ParseNumber<int>(rest.substr(0, std::min<std::size_t>(digits, 6)));
  if (!number || digits > 6) return wrong();
  std::string word = LowerCase(Trim(rest.substr(digits)));
  if (word.ends_with('s')) word.pop_back();
  const auto unit = std::ranges::find(kWords, word, &Unit::name);
  if (unit == kWords.end()) return wrong();
  return *number * unit->length;
}

Result<Duration> ParseDuration(std::string_view text) {
  const auto wrong = [&] {
    return Fail("'" + std::string(text) + "' is no duration; write it as 150ms, 2s, 1m30s or 1h");
  };
  constexpr double kLongest = 3.2e14;  // ten years; keeps every sum in range
  if (text.empty()) return wrong();
  double total = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (std::string_view("0123456789.").find(rest.front()) == std::string_view::npos) {
      return wrong();  // no sign, no "inf", no "nan"
    }
    double number = 0;
    const auto [end, failure] =
        std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
    if (failure != std::errc()) return wrong();
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    const auto unit = UnitOf(rest.substr(0, rest.find_first_of("0123456789.")));
    if (!unit) return wrong();
    rest.remove_prefix(std::min(rest.find_first_of("0123456789."), rest.size()));
    total += number * static_cast<double>(unit->count());
    if (total > kLongest) return Fail("'" + std::string(text) + "' is longer than ten years");
  }
  return Duration(static_cast<Duration::rep>(total));
}

std::string FormatDuration(Duration duration) {
  if (duration == Duration(0)) return "0s";
  for (const Unit& unit : kUnits) {
    if (duration % unit.length == Duration(0)) {
      return std::to_string(duration / unit.length) + std::string(unit.name);
    }
  }
  return "";
}

std::int64_t WholeSeconds(Duration duration) {
  return std::chrono::floor<std::chrono::seconds>(duration).count();
}

std::string FormatSeconds(Time time) { return FormatBroken(BreakDown(time), 0) += 'Z'; }

std::string FormatMillis(Time time) { return FormatBroken(BreakDown(time), 3) += 'Z'; }

std::string FormatMicros(Time time) { return FormatMicrosNaive(time) += 'Z'; }

std::string FormatMicrosNaive(Time time) { return FormatBroken(BreakDown(time), 6); }

Result<Time> ParseHttpDate(std::string_view text) {
  std::tm broken{};
  const std::string date(text);
  const char* end = strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &broken);
  if (end == nullptr || *end != '\0') return Fail("'" + date + "' is no HTTP-date");
  return Time(std::chrono::seconds(timegm(&broken)));
}

std::string FormatHttpDate(Time time) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Broken t = BreakDown(time);
  const std::chrono::weekday weekday{floor<days>(time)};
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                 kDays[weekday.c_encoding()], t.day, kMonths[t.month - 1], t.year,
                                 t.hour, t.minute, t.second);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace mockduit
