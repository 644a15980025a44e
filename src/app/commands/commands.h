// The commands of the program, each made by a file of its own here.
#pragma once

#include <string>

#include "app/command.h"
#include "base/result.h"

namespace mockduit {

Command ServeCommand();
Command ExecCommand();
Command VerifyCommand();
Command ExplainCommand();
Command GuessCommand();
Command LintCommand();
Command HealthCommand();
Command EnvCommand();
Command OperationsCommand();
Command ScenariosCommand();
Command CompletionCommand();
Command VersionCommand();
// The command line takes "help serve" for "serve --help", so it is never run.
Command HelpCommand();

// All of them, in the order of the help.
std::vector<Command> AllCommands();

// The URL of a server on this machine, by MOCKDUIT_HOST and MOCKDUIT_PORT. `verify` and `health`
// call it unless their arguments name another.
std::string DefaultUrl();

}  // namespace mockduit
