// The commands, each a function from its options to an exit code: 0 well, 1 failed, 2 misused, 3 a
// gate failed.
#pragma once

#include <string>

#include "app/options.h"
#include "base/result.h"

namespace mockduit {

// Serves until SIGTERM or SIGINT.
int Serve(const ServeOptions& options);
// Serves while a command runs, and judges it. Gives the command's own exit code where that is not
// 0.
int Exec(const ExecOptions& options);
// Judges the clients of a running server.
int Verify(const VerifyOptions& options);
// Asks a running server whether it is well.
int Health(const std::string& url);
// Reads contracts and scenarios and tells every mistake: 0 when there is none, else 1.
int Lint(const LintOptions& options);
int ListOperations(const ListOptions& options);
int ListScenarios(const ListOptions& options);

// "mockduit: message" on standard error; gives `code` back.
int Complain(int code, const std::string& message);
// The same with the exit code of the error's kind: 2 where what was given is wrong, else 1.
int Complain(const Error& error);

}  // namespace mockduit
