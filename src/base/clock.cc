#include "base/clock.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace mockduit {

Time MonotonicNow() {
  using std::chrono::steady_clock;
  static const Time kBegin = SystemClock().Now();
  static const steady_clock::time_point kSteadyBegin = steady_clock::now();
  return kBegin + std::chrono::duration_cast<Duration>(steady_clock::now() - kSteadyBegin);
}

Time MonotonicAt(Time of_the_machine) {
  const Duration ago = SystemClock().Now() - of_the_machine;
  return MonotonicNow() - std::max(ago, Duration(0));
}

Time SystemClock::Now() const {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Result<ClockSetting> ClockSetting::Parse(std::string_view text) {
  if (text == "real") return ClockSetting{};
  const std::size_t at = text.find('@');
  const bool from_now = text.substr(0, at) == "now" && at != std::string_view::npos;
  const auto start = from_now ? Result<Time>(Time{}) : ParseTime(text.substr(0, at));
  if (!start) return Fail(start.error().message + ", TIME@RATE, now@RATE, or 'real'");
  if (*start < kFirstTime || *start > kLastTime) {
    return Fail("'" + std::string(text.substr(0, at)) + "' is not between 1970 and 9999");
  }
  if (at == std::string_view::npos) return ClockSetting{Mode::kFrozen, *start, 0, false};
  const std::string_view rate_text = text.substr(at + 1);
  const auto rate = ParseNumber<double>(rate_text);
  if (!rate || *rate < kMinRate || *rate > kMaxRate) {
    return Fail("'" + std::string(rate_text) +
                "' is no rate; it is a number from 0.001 to 1000000");
  }
  return ClockSetting{Mode::kRate, *start, *rate, from_now};
}

std::string ClockSetting::Text() const {
  if (mode == Mode::kReal) return "real";
  if (mode == Mode::kFrozen) return FormatMicros(start);
  char number[32];
  const auto end = std::to_chars(number, number + sizeof number, rate).ptr;
  return (from_now ? "now" : FormatMicros(start)) + "@" + std::string(number, end);
}

Time SessionClock::Now() const {
  if (rate_ == 0) return anchor_;
  const Duration passed = real_.Now() - real_anchor_;
  if (rate_ == 1) return anchor_ + passed;
  return anchor_ +
         Duration(static_cast<Duration::rep>(static_cast<double>(passed.count()) * rate_));
}

void SessionClock::Restart() {
  real_anchor_ = real_.Now();
  const bool from_now = setting_.mode == ClockSetting::Mode::kReal || setting_.from_now;
  anchor_ = from_now ? real_anchor_ : setting_.start;
  rate_ = setting_.mode == ClockSetting::Mode::kFrozen ? 0 : setting_.rate;
}

void SessionClock::Set(ClockSetting setting) {
  setting_ = setting;
  Restart();
}

void SessionClock::Advance(Duration by) {
  moved_ += std::max(RealWait(by), Duration(0));
  anchor_ += by;
}

void SessionClock::Run(Time now, double rate) {
  moved_ += std::max(RealWait(now - Now()), Duration(0));
  real_anchor_ = real_.Now();
  anchor_ = now;
  rate_ = rate;
}

Time SessionClock::ClientTime(Time time) const {
  return ClientNow() + (time >= Now() ? RealWait(time - Now()) : -RealWait(Now() - time));
}

Duration SessionClock::RealWait(Duration wait) const {
  if (rate_ == 0 || rate_ == 1) return wait;
  return Duration(static_cast<Duration::rep>(std::ceil(static_cast<double>(wait.count()) / rate_)));
}

}  // namespace mockduit
