#include "app/commands/commands.h"

#include <cstdlib>

namespace mockduit {

std::vector<Command> AllCommands() {
  return {ServeCommand(),     ExecCommand(),       VerifyCommand(),  ExplainCommand(),
          LintCommand(),      HealthCommand(),     EnvCommand(),     OperationsCommand(),
          ScenariosCommand(), CompletionCommand(), VersionCommand(), HelpCommand()};
}

std::string DefaultUrl() {
  const char* port = std::getenv("MOCKDUIT_PORT");
  return "http://127.0.0.1:" + std::string(port != nullptr && *port != '\0' ? port : "8080");
}

}  // namespace mockduit
