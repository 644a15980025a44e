#include "app/completions.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit {
namespace {

enum class Values { kNone, kFiles, kFolders, kChoices, kOthers };

Values ValuesOf(const Option& option) {
  if (option.is_flag()) return Values::kNone;
  if (!option.choices.empty()) return Values::kChoices;
  if (option.value == "DIR") return Values::kFolders;
  return option.value.starts_with("FILE") ? Values::kFiles : Values::kOthers;
}

// What stands behind "--" is a command of another program.
bool RunsAnother(const Command& command) {
  return command.words && command.words->name == "COMMAND";
}

std::vector<Command> Shown(std::vector<Command> commands) { return commands; }

// In single quotes, of a shell of Bourne's family or of fish.
std::string Quoted(std::string_view text, std::string_view apostrophe) {
  std::string quoted = "'";
  for (const char each : text) {
    if (each == '\'') {
      quoted += apostrophe;
    } else {
      quoted += each;
    }
  }
  return quoted + "'";
}

// --- bash

std::string OptionNames(const Command& command) {
  std::string names;
  for (const Option& option : command.options) names += option.name + " ";
  return names + "--help";
}

// The pattern of COMMAND:OPTION, for every option that takes values of this kind.
std::string BashPattern(const std::vector<Command>& commands, Values values) {
  std::string pattern;
  for (const Command& command : commands) {
    for (const Option& option : command.options) {
      if (ValuesOf(option) != values) continue;
      pattern += (pattern.empty() ? "" : " | ") + command.name + ":" + option.name;
    }
  }
  return pattern;
}

std::string BashCase(const std::string& pattern, const std::string& action) {
  return pattern.empty() ? "" : "    " + pattern + ") " + action + " ;;\n";
}

std::string BashChoices(const std::vector<Command>& commands) {
  std::string cases;
  for (const Command& command : commands) {
    for (const Option& option : command.options) {
      if (option.choices.empty()) continue;
      cases += BashCase(command.name + ":" + option.name,
                        "_mockduit_words '" + Join(option.choices, " ") + "'; return");
    }
  }
  return cases;
}

constexpr std::string_view kBashStart = R"(# Completes the command line of mockduit in bash.
_mockduit_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
}

_mockduit() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} each
  COMPREPLY=()
  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $each == -- ]]; then  # the words of another program
      if [[ $before == -- ]]; then mapfile -t COMPREPLY < <(compgen -c -- "$word"); fi
      compopt -o default
      return
    fi
  done
)";

}  // namespace

std::string BashCompletion(const std::vector<Command>& all) {
  const std::vector<Command> commands = Shown(all);
  std::string names;
  std::string options;
  for (const Command& command : commands) {
    names += command.name + " ";
    std::string action = "_mockduit_words '" + OptionNames(command) + "'";
    if (command.words && !RunsAnother(command)) action += "; compopt -o default";
    options += BashCase(command.name, action);
  }
  return std::string(kBashStart) + "  if ((COMP_CWORD == 1)); then\n    _mockduit_words '" + names +
         "--help --version'\n    return\n  fi\n  case ${COMP_WORDS[1]}:$before in\n" +
         BashCase(
             BashPattern(commands, Values::kFolders),
             "mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); compopt -o filenames; return") +
         BashCase(BashPattern(commands, Values::kFiles), "compopt -o default; return") +
         BashChoices(commands) + BashCase(BashPattern(commands, Values::kOthers), "return") +
         "  esac\n  case ${COMP_WORDS[1]} in\n" + options +
         "  esac\n}\n\ncomplete -F _mockduit mockduit\n";
}

// --- zsh

namespace {

// A text in a specification of zsh's _arguments or _describe, in which some characters are marks.
std::string ZshText(std::string_view text) {
  std::string escaped;
  for (const char each : text) {
    if (each == '[' || each == ']' || each == ':' || each == '\\') escaped += '\\';
    escaped += each;
  }
  return escaped;
}

std::string ZshOption(const Option& option) {
  std::string text = option.repeats ? "*" : "";
  text += option.name + "[" + ZshText(option.about) + "]";
  const std::string value = ":" + ZshText(option.value) + ":";
  switch (ValuesOf(option)) {
    case Values::kNone: break;
    case Values::kFiles: text += value + "_files"; break;
    case Values::kFolders: text += value + "_files -/"; break;
    case Values::kChoices: text += value + "(" + Join(option.choices, " ") + ")"; break;
    case Values::kOthers: text += value + " "; break;
  }
  return Quoted(text, "'\\''");
}

std::string ZshCommand(const Command& command) {
  std::string text = "    " + command.name + ")\n      _arguments -S '--help[show the help]'";
  for (const Option& option : command.options) text += " \\\n        " + ZshOption(option);
  if (RunsAnother(command)) {
    text += " \\\n        '*::command:_normal'";
  } else if (command.words) {
    text += " \\\n        '*:" + ZshText(command.words->name) + ":_files'";
  }
  return text + "\n      ;;\n";
}

}  // namespace

std::string ZshCompletion(const std::vector<Command>& all) {
  std::string names;
  std::string cases;
  for (const Command& command : Shown(all)) {
    names += "    " + Quoted(command.name + ":" + ZshText(command.about), "'\\''") + "\n";
    cases += ZshCommand(command);
  }
  return "#compdef mockduit\n# Completes the command line of mockduit in zsh.\n\n_mockduit() {\n"
         "  local -a subcommands=(\n" +
         names +
         "  )\n  if ((CURRENT == 2)); then\n    _describe command subcommands\n    return\n  fi\n"
         "  local subcommand=$words[2]\n  shift words\n  ((CURRENT--))\n  case $subcommand in\n" +
         cases + "  esac\n}\n\n_mockduit \"$@\"\n";
}

// --- fish

namespace {

std::string FishOption(const Command& command, const Option& option) {
  std::string text = "complete -c mockduit -n '__fish_seen_subcommand_from " + command.name +
                     "' -l " + option.name.substr(2);
  switch (ValuesOf(option)) {
    case Values::kNone: break;
    case Values::kFiles: text += " -r -F"; break;
    case Values::kFolders: text += " -x -a '(__fish_complete_directories)'"; break;
    case Values::kChoices: text += " -x -a '" + Join(option.choices, " ") + "'"; break;
    case Values::kOthers: text += " -x"; break;
  }
  return text + " -d " + Quoted(option.about, "\\'") + "\n";
}

}  // namespace

std::string FishCompletion(const std::vector<Command>& all) {
  std::string text =
      "# Completes the command line of mockduit in fish.\ncomplete -c mockduit -f\n"
      "complete -c mockduit -n __fish_use_subcommand -l version -d 'show the version'\n"
      "complete -c mockduit -l help -d 'show the help'\n";
  for (const Command& command : Shown(all)) {
    text += "complete -c mockduit -n __fish_use_subcommand -a " + command.name + " -d " +
            Quoted(command.about, "\\'") + "\n";
    for (const Option& option : command.options) text += FishOption(command, option);
    if (RunsAnother(command)) {
      text += "complete -c mockduit -n '__fish_seen_subcommand_from " + command.name +
              "; and contains -- -- (commandline -opc)' -a '(__fish_complete_command)'\n";
    } else if (command.words) {
      text += "complete -c mockduit -n '__fish_seen_subcommand_from " + command.name + "' -F\n";
    }
  }
  return text;
}

}  // namespace mockduit
