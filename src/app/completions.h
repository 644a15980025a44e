// What shells complete after `mockduit`, and its manual page, as texts made of the table of
// commands. `mockduit completion` prints them, and packages install what it prints. Nothing here
// knows a command or an option by name.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace mockduit {

std::string BashCompletion(const std::vector<Command>& all);
std::string ZshCompletion(const std::vector<Command>& all);
std::string FishCompletion(const std::vector<Command>& all);

// In the macros of man(7).
std::string ManPage(const std::vector<Command>& commands);

}  // namespace mockduit
