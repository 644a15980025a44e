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

int Complain(int code, const std::string& message) {
  std::cerr << "mockduit: ";
  for (std::string_view rest = message;;) {
    // Line by line: what a terminal would obey is escaped, and an excerpt with its caret stays.
    const bool is_last = rest.find('\n') == std::string_view::npos;
    std::cerr << Printable(TakeUntil(rest, "\n")) << '\n';
    if (is_last) break;
  }
  std::cerr << std::flush;
  return code;
}

int Complain(const Error& error) { return Complain(ExitCode(error.kind), error.message); }

int Complain(int code, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) Complain(code, problem.Shown());
  return code;
}

}  // namespace mockduit
