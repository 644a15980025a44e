// Log: what the server says while it runs, one line an event, on standard error. Arrives by
// constructor; log.cc is the only file that knows spdlog. Never makes its caller wait: a line that
// nobody reads is dropped and counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/log_level.h"

namespace mockduit {

// As it stands, it keeps silent.
class Log {
 public:
  virtual ~Log() = default;
  virtual void Info(std::string_view /*message*/) {}
  virtual void Warning(std::string_view /*message*/) {}

  // Writes a line as it is, with its line break, between the others. Its maker has escaped what a
  // terminal would obey.
  virtual void Line(std::string /*line*/) {}  // NOLINT(performance-unnecessary-value-param)

  // Logs what may happen thousands of times a second. The first message of an event is written at
  // once, after it at most one a second: the last message, with the number of those it stands for.
  // `times` is how often it happened; callers may have counted already.
  virtual void Often(LogLevel level, std::string_view /*event*/, std::string_view message,
                     std::uint64_t /*times*/) {
    level == LogLevel::kInfo ? Info(message) : Warning(message);
  }
  // Writes the messages of Often whose second is over. To be called several times a second.
  virtual void Tend() {}
  // Waits until all is written, but no longer than a second for a reader.
  virtual void Flush() {}
};

enum class LogFormat : std::uint8_t { kText, kJson };
// Its lines are written by a thread of its own. Its end waits for that, but no longer than a second
// for a reader.
std::unique_ptr<Log> MakeStderrLog(LogFormat format);

}  // namespace mockduit
