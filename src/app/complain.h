// How a command says that something is wrong: on standard error, one line a sentence. The only
// place where an error's kind becomes an exit code.
#pragma once

#include <string>

#include "base/result.h"

namespace mockduit {

inline constexpr int kFailed = 1;      // a file, a port or another server failed
inline constexpr int kMisused = 2;     // the command line, the environment or a file is wrong
inline constexpr int kGateFailed = 3;  // all went well, but a gate of `exec` or `verify` is unmet

int ExitCode(ErrorKind kind);

// "mockduit: message"; gives `code` back. Control characters in the message are escaped, a line
// break too, since it can only come from what is quoted.
int Complain(int code, const std::string& message);
// The same with the exit code of the error's kind.
int Complain(const Error& error);
// A line for each problem.
int Complain(int code, const std::vector<Problem>& problems);

}  // namespace mockduit
