#include "base/clock.h"

#include <charconv>

namespace mockduit {

Time SystemClock::Now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Result<ClockSetting> ClockSetting::Parse(std::string_view text) {
  if (text == "real") return ClockSetting{};
  const std::size_t at = text.find('@');
  const auto start = ParseTime(text.substr(0, at));
  if (!start) return Fail(start.error().message + ", TIME@RATE, or 'real'");
  if (at == std::string_view::npos) return ClockSetting{Mode::kFrozen, *start, 0};
  const std::string_view rate_text = text.substr(at + 1);
  double rate = 0;
  const auto [end, failure] =
      std::from_chars(rate_text.data(), rate_text.data() + rate_text.size(), rate);
  const bool whole = failure == std::errc() && end == rate_text.data() + rate_text.size();
  if (!whole || !(rate > 0) || rate > 1e6) {
    return Fail("'" + std::string(rate_text) +
                "' is no rate; it is a number above 0, up to 1000000");
  }
  return ClockSetting{Mode::kRate, *start, rate};
}

std::string ClockSetting::Text() const {
  if (mode == Mode::kReal) return "real";
  if (mode == Mode::kFrozen) return FormatMicros(start);
  std::string number = std::to_string(rate);
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
  return FormatMicros(start) + "@" + number;
}

Time SessionClock::Now() const {
  if (setting_.mode == ClockSetting::Mode::kReal) return real_.Now();
  if (setting_.mode == ClockSetting::Mode::kFrozen) return setting_.start;
  const double passed = static_cast<double>((real_.Now() - made_).count()) * setting_.rate;
  return setting_.start + Duration(static_cast<Duration::rep>(passed));
}

}  // namespace mockduit
