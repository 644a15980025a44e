#include "app/completions.h"

namespace mockduit {
namespace {

// In roff a backslash begins an escape, "-" may become a hyphen, and a line that begins with "." or
// "'" is a request.
std::string Roff(std::string_view text) {
  std::string escaped;
  bool starts_line = true;
  for (const char each : text) {
    if (starts_line && (each == '.' || each == '\'')) escaped += "\\&";
    if (each == '\\') {
      escaped += "\\e";
    } else if (each == '-') {
      escaped += "\\-";
    } else {
      escaped += each;
    }
    starts_line = each == '\n';
  }
  return escaped;
}

std::string AsItStands(std::string_view text) {
  if (text.empty()) return "";
  std::string block = ".PP\n.nf\n" + Roff(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + ".fi\n";
}

std::string OptionEntry(const Option& option) {
  std::string entry = ".TP\n\\fB" + Roff(option.name) + "\\fR";
  if (!option.is_flag()) entry += " \\fI" + Roff(option.value) + "\\fR";
  if (!option.default_value.empty()) entry += " (default " + Roff(option.default_value) + ")";
  return entry + "\n" + Roff(option.about) +
         ". Environment: " + Roff(EnvironmentName(option.name)) + "\n";
}

std::string CommandEntry(const Command& command) {
  std::string entry = ".SS mockduit " + Roff(command.name) + "\n" + Roff(command.about) + ".\n";
  for (const Option& option : command.options) entry += OptionEntry(option);
  if (command.words) {
    entry +=
        ".TP\n\\fI" + Roff(command.words->name) + "\\fR ...\n" + Roff(command.words->about) + "\n";
  }
  return entry + AsItStands(command.footer);
}

constexpr std::string_view kStart = R"(.TH MOCKDUIT 1 "" "mockduit @VERSION@" "User Commands"
.SH NAME
mockduit \- a local stand\-in for data\-connection APIs
.SH SYNOPSIS
.B mockduit
.I COMMAND
[\fIOPTION\fR]...
.SH DESCRIPTION
Mockduit stands in for data\-connection APIs, so that client code can be tested with no account, no
network and no bill. It answers as the vendors document, on one local port, as scripted, and tells
how the client took it.
.PP
An option that is not on the command line is taken from the environment.
.SH COMMANDS
)";

constexpr std::string_view kEnd = R"(.SH EXIT STATUS
0 where all is well, 1 where something has failed, 2 where the command line or a file that it names
is wrong, 3 where a gate on the verdicts has failed.
)";

}  // namespace

std::string ManPage(const std::vector<Command>& commands) {
  std::string page(kStart);
  constexpr std::string_view kVersionHole = "@VERSION@";
  page.replace(page.find(kVersionHole), kVersionHole.size(), MOCKDUIT_VERSION);
  for (const Command& command : commands) {
    page += CommandEntry(command);
  }
  return page + std::string(kEnd);
}

}  // namespace mockduit
