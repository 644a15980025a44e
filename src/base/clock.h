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

// The clock of one session: the real clock, seen through a setting.
class SessionClock : public Clock {
 public:
  // `real` must outlive the clock. The session's time starts now.
  SessionClock(const Clock& real, ClockSetting setting)
      : real_(real), setting_(setting), made_(real.Now()) {}
  Time Now() const override;
  const ClockSetting& setting() const { return setting_; }
  // Back to the setting's start.
  void Restart() { made_ = real_.Now(); }

 private:
  const Clock& real_;
  ClockSetting setting_;
  Time made_;  // on the real clock
};

}  // namespace mockduit
