// Log: what the server says while it runs, one line an event, on standard error. Arrives by
// constructor; log.cc is the only file that knows spdlog.
#pragma once

#include <memory>
#include <string_view>

namespace mockduit {

// As it stands, it keeps silent.
class Log {
 public:
  virtual ~Log() = default;
  virtual void Info(std::string_view /*message*/) {}
  virtual void Warning(std::string_view /*message*/) {}
};

enum class LogFormat { kText, kJson };
std::unique_ptr<Log> MakeStderrLog(LogFormat format);

}  // namespace mockduit
