#include "base/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace mockduit {
namespace {

std::string_view Variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

bool IsTerminal(int file) { return isatty(file) == 1; }

bool WantsColours(int file) {
  return IsTerminal(file) && Variable("NO_COLOR").empty() && Variable("TERM") != "dumb";
}

}  // namespace mockduit
