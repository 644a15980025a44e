// Points in time and durations, and how people and vendors write them. UTC throughout.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mockduit {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;

// "2026-01-15T10:00:00Z", "2026-01-15T10:00:00.123456+02:00", "2026-01-15".
Result<Time> ParseTime(std::string_view text);
// By RFC 3339, section 5.6, alone: a date, T, a time with seconds, and Z or an offset with a colon.
// A leap second is the second after it.
Result<Time> ParseRfc3339(std::string_view text);
// "10 hours", "1 day", "+90 minutes": a whole number and a unit from seconds to weeks.
Result<Duration> ParseWordedDuration(std::string_view text);
// "150ms", "2s", "1m", "3h", "1d", "1m30s", "1.5s".
Result<Duration> ParseDuration(std::string_view text);
// As ParseDuration reads it, in the largest unit that gives a whole number: "61s", "150ms", "1h".
std::string FormatDuration(Duration duration);
// Rounded down.
std::int64_t WholeSeconds(Duration duration);

std::string FormatSeconds(Time time);      // 2026-01-15T10:00:00Z
std::string FormatMillis(Time time);       // 2026-01-15T10:00:00.123Z
std::string FormatMicros(Time time);       // 2026-01-15T10:00:00.123456Z
std::string FormatMicrosNaive(Time time);  // 2026-01-15T10:00:00.123456
// "Thu, 15 Jan 2026 10:00:00 GMT", the one form of RFC 9110 that may still be sent.
Result<Time> ParseHttpDate(std::string_view text);
std::string FormatHttpDate(Time time);  // Thu, 15 Jan 2026 10:00:00 GMT (RFC 9110, 5.6.7)

}  // namespace mockduit
