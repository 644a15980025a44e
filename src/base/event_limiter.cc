#include "base/event_limiter.h"

namespace mockduit {
namespace {

constexpr std::chrono::seconds kSecond{1};

std::string Counted(std::string_view message, std::uint64_t times) {
  std::string text(message);
  if (times > 1) text += " (" + std::to_string(times) + " times in the last second)";
  return text;
}

}  // namespace

std::optional<EventLimiter::Line> EventLimiter::Add(LogLevel level, std::string_view event,
                                                    std::string_view message, std::uint64_t times,
                                                    Instant now) {
  const auto found = events_.find(event);
  if (found == events_.end()) {
    events_.emplace(event, Event{now, 0, {}});
    return Line{level, Counted(message, times)};
  }
  Event& known = found->second;
  known.held += times;
  known.last = {level, std::string(message)};
  if (now - known.written < kSecond) return std::nullopt;
  return Take(known, now);
}

std::vector<EventLimiter::Line> EventLimiter::TakeDue(Instant now) {
  std::vector<Line> lines;
  for (auto& [name, event] : events_) {
    if (event.held > 0 && now - event.written >= kSecond) lines.push_back(Take(event, now));
  }
  std::erase_if(events_, [&](const auto& entry) {
    return entry.second.held == 0 && now - entry.second.written >= kSecond;
  });
  return lines;
}

std::vector<EventLimiter::Line> EventLimiter::TakeAll() { return TakeDue(Instant::max()); }

EventLimiter::Line EventLimiter::Take(Event& event, Instant now) {
  Line line = std::move(event.last);
  line.text = Counted(line.text, event.held);
  event = {now, 0, {}};
  return line;
}

}  // namespace mockduit
