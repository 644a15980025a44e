#include "app/judging.h"

#include <unistd.h>

#include <cstdlib>

#include "app/commands.h"
#include "base/file.h"

namespace mockduit {
namespace {

bool Write(const char* option, const std::string& path, const std::function<std::string()>& text) {
  if (path.empty()) return true;
  const auto written = WriteFile(path, text());
  if (!written) Complain(1, std::string(option) + ": " + written.error().message);
  return written.has_value();
}

}  // namespace

bool WriteReports(const JudgingOptions& options, const std::function<std::string()>& junit,
                  const std::function<std::string()>& html) {
  const bool first = Write("--junit", options.junit, junit);
  const bool second = Write("--report", options.report, html);
  return first && second;
}

bool WantsColours(int file) {
  const char* refused = std::getenv("NO_COLOR");
  return isatty(file) == 1 && (refused == nullptr || *refused == '\0');
}

}  // namespace mockduit
