#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

#include "base/json.h"
#include "base/text.h"

namespace mockduit {
namespace {

class SpdLog : public Log {
 public:
  explicit SpdLog(LogFormat format)
      : format_(format),
        logger_("mockduit", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()) {
    logger_.set_pattern(format == LogFormat::kText
                            ? "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v"
                            : R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l","message":%v})");
  }
  void Info(std::string_view message) override { Write(spdlog::level::info, message); }
  void Warning(std::string_view message) override { Write(spdlog::level::warn, message); }

 private:
  void Write(spdlog::level::level_enum level, std::string_view message) {
    // No part of a message may pass for a line of its own.
    if (format_ == LogFormat::kText) return logger_.log(level, Printable(message));
    std::string quoted;
    Json::AppendQuoted(quoted, message);
    logger_.log(level, quoted);
  }

  LogFormat format_;
  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> MakeStderrLog(LogFormat format) { return std::make_unique<SpdLog>(format); }

}  // namespace mockduit
