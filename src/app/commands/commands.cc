#include "app/commands/commands.h"

#include <cstdlib>

#include "http/uri.h"

namespace mockduit {

std::vector<Command> AllCommands() {
  return {ServeCommand(),      ExecCommand(),      VerifyCommand(),     ExplainCommand(),
          LintCommand(),       GuessCommand(),     HealthCommand(),     EnvCommand(),
          OperationsCommand(), ScenariosCommand(), CompletionCommand(), VersionCommand(),
          HelpCommand()};
}

std::string DefaultUrl() {
  const auto variable = [](const char* name, const char* by_default) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr && *value != '\0' ? value : by_default);
  };
  std::string host(WithoutBrackets(variable("MOCKDUIT_HOST", "127.0.0.1")));
  if (host == "0.0.0.0") host = "127.0.0.1";  // all of the machine's addresses
  if (host == "::") host = "::1";
  return HttpUrl(host, variable("MOCKDUIT_PORT", "8080"));
}

}  // namespace mockduit
