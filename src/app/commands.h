// The commands, each a function from its options to an exit code: 0 well, 1 failed, 2 misused.
#pragma once

#include <string>

#include "app/options.h"

namespace mockduit {

// Serves until SIGTERM or SIGINT.
int Serve(const ServeOptions& options);
// Asks a running server whether it is well.
int Health(const std::string& url);
// Reads scenario files and tells every mistake: 0 when there is none, else 1.
int Lint(const LintOptions& options);
int ListOperations(const ListOptions& options);
int ListScenarios(const ListOptions& options);

// "mockduit: message" on standard error, for each line of the message; gives `code` back.
int Complain(int code, const std::string& message);

}  // namespace mockduit
