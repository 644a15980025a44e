#include "base/log.h"

#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "base/event_limiter.h"
#include "base/json.h"
#include "base/line_writer.h"
#include "base/mutex.h"
#include "base/terminal.h"
#include "base/text.h"

namespace mockduit {
namespace {

spdlog::level::level_enum LevelOf(LogLevel level) {
  return level == LogLevel::kInfo ? spdlog::level::info : spdlog::level::warn;
}

std::string_view ColourOf(LogLevel level) {
  return level == LogLevel::kInfo ? "\033[32m" : "\033[33m\033[1m";
}

// Makes lines of messages: the time, the level and the text. Any thread may use it.
class LineFormat {
 public:
  explicit LineFormat(LogFormat format)
      : format_(format),
        colours_(format == LogFormat::kText && WantsColours(STDERR_FILENO)),
        formatter_(format == LogFormat::kText
                       ? "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v"
                       : R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})",
                   // As the lines of requests have it.
                   format == LogFormat::kText ? spdlog::pattern_time_type::local
                                              : spdlog::pattern_time_type::utc) {}

  std::string Line(LogLevel level, std::string_view message) {
    // No part of a message may pass for a line of its own.
    std::string sound;
    if (format_ == LogFormat::kText) {
      sound = Printable(message);
    } else {
      Json::AppendQuoted(sound, message);
    }
    message = sound;
    const spdlog::details::log_msg entry("mockduit", LevelOf(level),
                                         spdlog::string_view_t(message.data(), message.size()));
    spdlog::memory_buf_t written;
    {
      const MutexLock lock(mutex_);
      formatter_.format(entry, written);
    }
    std::string line(written.data(), written.size());
    if (colours_) {
      line.insert(entry.color_range_end, "\033[m");
      line.insert(entry.color_range_start, ColourOf(level));
    }
    return line;
  }

 private:
  const LogFormat format_;
  const bool colours_;
  Mutex mutex_;
  spdlog::pattern_formatter formatter_ GUARDED_BY(mutex_);
};

class StderrLog : public Log {
 public:
  explicit StderrLog(LogFormat format)
      : format_(format), writer_(STDERR_FILENO, [this](auto lost) { return LossLine(lost); }, {}) {}
  ~StderrLog() override {
    const MutexLock lock(mutex_);
    for (const auto& line : limiter_.TakeAll()) Write(line.level, line.text);
  }

  void Info(std::string_view message) override { Write(LogLevel::kInfo, message); }
  void Warning(std::string_view message) override { Write(LogLevel::kWarning, message); }

  void Line(std::string line) override { writer_.Write(std::move(line)); }

  void Often(LogLevel level, std::string_view event, std::string_view message,
             std::uint64_t times) override {
    const MutexLock lock(mutex_);
    const auto line = limiter_.Add(level, event, message, times, std::chrono::steady_clock::now());
    if (line) Write(line->level, line->text);
  }

  void Tend() override {
    const MutexLock lock(mutex_);
    for (const auto& line : limiter_.TakeDue(std::chrono::steady_clock::now())) {
      Write(line.level, line.text);
    }
  }

  void Flush() override { writer_.Flush(); }

 private:
  void Write(LogLevel level, std::string_view message) {
    writer_.Write(format_.Line(level, message));
  }

  std::string LossLine(std::uint64_t lost) {
    return format_.Line(LogLevel::kWarning, std::to_string(lost) +
                                                (lost == 1 ? " line was" : " lines were") +
                                                " not written: standard error was not read");
  }

  LineFormat format_;
  Mutex mutex_;
  EventLimiter limiter_ GUARDED_BY(mutex_);
  LineWriter writer_;  // the last one, so that its thread ends first
};

}  // namespace

std::unique_ptr<Log> MakeStderrLog(LogFormat format) { return std::make_unique<StderrLog>(format); }

}  // namespace mockduit
