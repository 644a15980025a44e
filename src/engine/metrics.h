// Metrics: how many requests there were, how they ended, and how long they took. Counts from the
// start of the server, over all sessions. Any thread may use it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/clock.h"
#include "base/mutex.h"
#include "base/time.h"

namespace mockduit {

class Metrics {
 public:
  // The upper bounds of the histogram, in microseconds.
  static constexpr std::array<std::int64_t, 10> kBounds = {
      50, 100, 250, 500, 1'000, 2'500, 10'000, 50'000, 250'000, 1'000'000};

  // `real` must outlive this.
  explicit Metrics(const Clock& real) : real_(real) {}

  Time Now() const { return real_.Now(); }
  void Count(std::string_view operation, std::string_view outcome, int status);
  // How long the emulator took; a scenario's delays, which happen on the wire, are not in it.
  void ObserveDuration(Duration took);
  // An answer was longer than answers may be.
  void CountTooLong() { too_long_.fetch_add(1, std::memory_order_relaxed); }
  std::uint64_t too_long() const { return too_long_.load(std::memory_order_relaxed); }

  // In Prometheus' text format 0.0.4: mockduit_requests_total by vendor, operation, status and
  // outcome, and the histogram mockduit_request_duration_seconds.
  std::string Text() const;

 private:
  struct Key {
    std::string operation;
    std::string outcome;
    int status;
  };
  struct Less {
    using is_transparent = void;
    static auto Tie(const auto& key) {
      return std::tuple<std::string_view, std::string_view, int>(key.operation, key.outcome,
                                                                 key.status);
    }
    bool operator()(const auto& a, const auto& b) const { return Tie(a) < Tie(b); }
  };
  struct KeyView {
    std::string_view operation;
    std::string_view outcome;
    int status;
  };

  const Clock& real_;
  mutable Mutex mutex_;
  std::map<Key, std::uint64_t, Less> requests_ GUARDED_BY(mutex_);
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> durations_{};  // the last is beyond
  std::atomic<std::int64_t> total_micros_ = 0;
  std::atomic<std::uint64_t> too_long_ = 0;
};

// Appends "# HELP …", "# TYPE …" and the line of a single number.
void AppendMetric(std::string& text, std::string_view name, std::string_view type,
                  std::string_view help, std::uint64_t value);

}  // namespace mockduit
