// `mockduit version` and `mockduit help`: what people type first.
#include <memory>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/wired_server.h"

namespace mockduit {

Command VersionCommand() {
  Command command{"version", "say which version this is"};
  command.run = [](const auto&) { return Print(std::string(kVersion) + "\n"); };
  return command;
}

Command HelpCommand() {
  const auto about = std::make_shared<std::vector<std::string>>();
  Command command{"help", "say what a command takes"};
  command.words = {"COMMAND", "the command; all of them where it is left out", "", about.get()};
  command.run = [about](const auto&) { return 0; };
  return command;
}

}  // namespace mockduit
