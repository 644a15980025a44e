#include "app/complain.h"

#include <iostream>

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
  std::cerr << "mockduit: " << message << std::endl;
  return code;
}

int Complain(const Error& error) { return Complain(ExitCode(error.kind), error.message); }

int Complain(int code, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) Complain(code, problem.Shown());
  return code;
}

}  // namespace mockduit
