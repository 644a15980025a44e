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

// The real time, which goes on evenly: a clock of the machine that is set does not move it. Its
// origin is what the machine's clock said when the process began. For times that are compared.
Time MonotonicNow();
// The same of a moment that the machine's own clock gave a short while ago.
Time MonotonicAt(Time of_the_machine);

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

// How a session's time goes, as `--clock` says it: "real", "TIME" (frozen there), "TIME@RATE"
// (starts there when the session is made and runs RATE times as fast as the real one) or
// "now@RATE" (starts at the present).
struct ClockSetting {
  enum class Mode { kReal, kFrozen, kRate };
  Mode mode = Mode::kReal;
  Time start{};
  double rate = 1;
  bool from_now = false;  // it starts at the present, whatever `start` says

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
  void Advance(Duration by);
  // As a state that was kept says; it only goes on from there.
  void SetMoved(Duration moved) { moved_ = moved; }

  // How far it was moved by hand, forwards: in the client's time, which goes on at the real pace.
  Duration moved() const { return moved_; }

  // How long a wait on this clock is for a client, whose time is the real one. A wait on a clock
  // that stands still ends when somebody moves it; it is given as it is.
  Duration RealWait(Duration wait) const;
  Time RealNow() const { return real_.Now(); }
  // What a client's own clock says: the real time; but the session's where that stands still, so
  // that the same requests are told the same times in every run.
  Time ClientNow() const { return rate_ == 0 ? Now() : RealNow(); }
  // Whether it is the client's own clock, or stands in for it.
  bool IsClients() const { return rate_ == 0 || (rate_ == 1 && anchor_ == real_anchor_); }
  // When it is that time on this clock, by the client's own.
  Time ClientTime(Time time) const;

 private:
  const Clock& real_;
  ClockSetting setting_;
  double rate_ = 1;
  Time anchor_{};       // the session's time …
  Time real_anchor_{};  // … when the real clock said this
  Duration moved_{};
};

}  // namespace mockduit
