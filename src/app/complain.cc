#include "app/complain.h"

#include <iostream>
#include <string_view>

#include "base/text.h"

namespace mockduit {

int ExitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid:
    case ErrorKind::kNotFound: return kMisused;
    case ErrorKind::kConflict:
    case ErrorKind::kIo: return kFailed;
  }
  return kFailed;
}

namespace {

// What a terminal would obey is escaped line by line: an excerpt with its caret stays.
int ComplainInLines(int code, std::string_view lines) {
  std::cerr << "mockduit: ";
  for (bool is_last = false; !is_last;) {
    is_last = lines.find('\n') == std::string_view::npos;
    std::cerr << Printable(TakeUntil(lines, "\n")) << '\n';
  }
  std::cerr << std::flush;
  return code;
}

}  // namespace

int Complain(int code, const std::string& message) {
  std::string line;
  for (std::string_view rest = message;;) {
    const bool is_last = rest.find('\n') == std::string_view::npos;
    line += TakeUntil(rest, "\n");
    if (is_last) return ComplainInLines(code, line);
    line += "\\x0a";
  }
}

int Complain(const Error& error) {
  const int code = ExitCode(error.kind);
  return error.has_lines ? ComplainInLines(code, error.message) : Complain(code, error.message);
}

int Complain(int code, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) ComplainInLines(code, problem.Shown());
  return code;
}

}  // namespace mockduit
