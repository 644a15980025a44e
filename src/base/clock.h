// Clock: the only door to the time. It arrives by constructor, so a test moves it by hand.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace mockduit {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time Now() const = 0;  // any thread may ask
};

class SystemClock : public Clock {
 public:
  Time Now() const override;
};

// A clock that stands still until it is moved.
class ManualClock : public Clock {
 public:
  explicit ManualClock(Time start) : now_(start) {}
  Time Now() const override { return now_.load(); }
  void Advance(Duration by) { now_ = now_.load() + by; }

 private:
  std::atomic<Time> now_;
};

// How slow and how fast a session's clock may run, and the times that it may be set to.
inline constexpr double kMinRate = 0.001;
inline constexpr double kMaxRate = 1e6;
inline constexpr Time kFirstTime{};  // 1970
inline constexpr Time kLastTime = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);

// How a session's time goes, as `--clock` says it: "real", "TIME" (frozen there) or "TIME@RATE"
// (starts there when the session is made and runs RATE times as fast as the real one).
struct ClockSetting {
  enum class Mode { kReal, kFrozen, kRate };
  Mode mode = Mode::kReal;
  Time start{};
  double rate = 1;

  static Result<ClockSetting> Parse(std::string_view text);
  std::string Text() const;
};

// The clock of one session: the real clock, seen through a setting, then moved by hand. Not
// thread-safe: its session's lock guards it.
class SessionClock : public Clock {
 public:
  // `real` must outlive the clock. The session's time starts now.
  SessionClock(const Clock& real, ClockSetting setting) : real_(real), setting_(setting) {
    Restart();
  }

  Time Now() const override;
  // Session seconds in a real one; 0 while it stands still.
  double rate() const { return rate_; }
  const ClockSetting& setting() const { return setting_; }

  // Back to the setting's start.
  void Restart();
  // Another setting, from its start.
  void Set(ClockSetting setting);
  // Goes on from `now`, at `rate` (0: stands still), until the next restart.
  void Run(Time now, double rate);
  void Advance(Duration by) { anchor_ += by; }

  // How long a wait on this clock is for a client, whose time is the real one. A wait on a clock
  // that stands still ends when somebody moves it; it is given as it is.
  Duration RealWait(Duration wait) const;
  // The real clock's time: what a client's own clock says.
  Time RealNow() const { return real_.Now(); }

 private:
  const Clock& real_;
  ClockSetting setting_;
  double rate_ = 1;
  Time anchor_{};       // the session's time …
  Time real_anchor_{};  // … when the real clock said this
};

}  // namespace mockduit
