// EventLimiter: lets one message a second of each event through and counts the others. Used by the
// log. Not thread-safe; reads no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log_level.h"

namespace mockduit {

class EventLimiter {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  struct Line {
    LogLevel level;
    std::string text;
  };

  // What is to be written now; nothing when the event had its line within the last second.
  std::optional<Line> Add(LogLevel level, std::string_view event, std::string_view message,
                          std::uint64_t times, Instant now);
  // A line for each event that held messages back and has waited for its second. Forgets the
  // events that were quiet for so long.
  std::vector<Line> TakeDue(Instant now);
  // The same without regard to the time, for the end.
  std::vector<Line> TakeAll();

 private:
  struct Event {
    Instant written;         // when its last line was
    std::uint64_t held = 0;  // messages since then
    Line last;               // of these
  };

  static Line Take(Event& event, Instant now);

  std::map<std::string, Event, std::less<>> events_;
};

}  // namespace mockduit
