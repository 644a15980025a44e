// The commands of the program, each made by a file of its own here.
#pragma once

#include <string>

#include "app/command.h"
#include "base/result.h"

namespace mockduit {

Command ServeCommand();
Command ExecCommand();
Command VerifyCommand();
Command LintCommand();
Command HealthCommand();
Command OperationsCommand();
Command ScenariosCommand();

// All of them, in the order of the help.
std::vector<Command> AllCommands();

// Where a server on this machine listens, by MOCKDUIT_PORT. What `verify` and `health` ask unless
// they are told another.
std::string DefaultUrl();

}  // namespace mockduit
