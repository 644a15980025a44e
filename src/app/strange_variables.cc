#include "app/strange_variables.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/commands/commands.h"
#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::string_view kPrefix = "MOCKDUIT_";

// What else reads such a variable: the packages for languages, and the tests of this tree.
constexpr std::array<std::string_view, 9> kOfTheHouse = {
    "BIN",         "BINARY",       "SPECS",      "DOCUMENTS", "CORPUS",
    "SCREENSHOTS", "KILL_MINUTES", "IN_PROCESS", "SOURCE_DIR"};

// Those that options have, and MOCKDUIT_URL, without the prefix.
std::vector<std::string> KnownNames() {
  std::vector<std::string> names(kOfTheHouse.begin(), kOfTheHouse.end());
  for (const Command& command : AllCommands()) {
    for (const Option& option : command.options) {
      names.push_back(EnvironmentName(option.name).substr(kPrefix.size()));
    }
  }
  names.emplace_back("URL");
  return names;
}

}  // namespace

std::vector<std::string> StrangeVariables(const std::vector<std::string_view>& environment) {
  std::vector<std::string> strange;
  std::vector<std::string> known;
  for (std::string_view variable : environment) {
    if (!variable.starts_with(kPrefix)) continue;
    if (known.empty()) known = KnownNames();
    variable = variable.substr(0, variable.find('='));
    const std::string_view name = variable.substr(kPrefix.size());
    // Each vendor's clients have one of these, those of a vendor that is not served here, too.
    if (name.ends_with("_URL") || std::ranges::find(known, name) != known.end()) continue;
    const std::string nearest = Nearest(name, known);
    strange.push_back(
        std::string(variable) +
        (nearest.empty() ? "" : " (did you mean " + std::string(kPrefix) + nearest + "?)"));
  }
  std::ranges::sort(strange);
  return strange;
}

void WarnOfStrangeVariables(Log& log) {
  std::vector<std::string_view> environment;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    environment.emplace_back(*variable);
  }
  const std::vector<std::string> strange = StrangeVariables(environment);
  if (strange.empty()) return;
  log.Warning("nothing reads " + Join(strange) + " of the environment");
}

}  // namespace mockduit
