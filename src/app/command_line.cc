#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <deque>
#include <optional>
#include <sstream>

#include "app/commands/commands.h"
#include "app/complain.h"
#include "app/output.h"
#include "app/wired_server.h"
#include "base/suggest.h"

namespace mockduit {
namespace {

constexpr const char* kAbout =
    "Mockduit stands in for data-connection APIs (Supermetrics, Airweave, Fivetran), so that "
    "client "
    "code can be tested with no account, no network and no bill.";

constexpr const char* kExamples =
    "Examples:\n"
    "  mockduit serve                                  all vendors on http://127.0.0.1:8080\n"
    "  mockduit serve --scenario throttled-twice       two 429s, then success\n"
    "  mockduit serve --port 0 --ready-file url.txt    any free port; its URL in url.txt\n"
    "  mockduit serve --seed 7 --clock 2026-01-15T10:00:00Z   the same bytes every time\n"
    "  mockduit serve --scenarios mine/ --watch        takes up what you save there\n"
    "  mockduit exec --require all -- pytest           a verdict on what your tests' client did\n"
    "  mockduit lint mine/                             every mistake in the files there\n"
    "  mockduit operations --vendor fivetran           what is emulated, with every outcome\n"
    "  mockduit health --url http://127.0.0.1:8080     exit code 0 when the server is well\n"
    "  mockduit help exec                              what a command takes\n";

// An option as the library parses it, and the values that stand on the command line.
struct Parsed {
  const Option* option = nullptr;
  CLI::Option* handle = nullptr;
  std::string value;                // of an option that is given once
  std::vector<std::string> values;  // of one that repeats
};

struct ParsedCommand {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::deque<Parsed> options;  // in which nothing moves: the library keeps addresses of them
};

void AddOption(ParsedCommand& parsed, const Option& option) {
  Parsed& place = parsed.options.emplace_back(Parsed{&option, nullptr, "", {}});
  const std::string about = option.about + " (" + EnvironmentName(option.name) + ")";
  if (option.is_flag()) {
    place.handle = parsed.app->add_flag(option.name, about);
    if (!option.group.empty()) place.handle->group(option.group);
    return;
  }
  if (option.repeats) {
    place.handle = parsed.app->add_option(option.name, place.values, about)
                       ->allow_extra_args(false)
                       ->delimiter(',');
  } else {
    place.handle = parsed.app->add_option(option.name, place.value, about);
  }
  place.handle->type_name(option.value);
  if (!option.default_value.empty()) place.handle->default_str(option.default_value);
  if (!option.group.empty()) place.handle->group(option.group);
}

ParsedCommand AddCommand(CLI::App& app, const Command& command) {
  ParsedCommand parsed{&command, app.add_subcommand(command.name, command.about), {}};
  for (const Option& option : command.options) AddOption(parsed, option);
  if (command.words)
    parsed.app->add_option(command.words->name, *command.words->into, command.words->about);
  parsed.app->footer(command.footer);  // not that of the program, which it would have else
  return parsed;
}

// Sets the option from the command line, else from the environment. An empty variable counts as
// none, but not where a secret is meant to stand in it.
Result<void> Take(const Parsed& parsed) {
  const Option& option = *parsed.option;
  std::string place = option.name;
  std::vector<std::string> values = parsed.values;
  if (parsed.handle->count() == 0) {
    place = EnvironmentName(option.name);
    const char* text = std::getenv(place.c_str());
    std::string_view rest = text != nullptr ? text : "";
    if (option.is_secret && text != nullptr && rest.empty()) values.emplace_back();
    while (!rest.empty()) values.emplace_back(TakeUntil(rest, option.repeats ? "," : ""));
  } else if (option.is_flag()) {
    values = parsed.handle->results();
  } else if (!option.repeats) {
    values = {parsed.value};
  }
  for (const std::string& value : values) {
    if (value.empty()) return Fail(place + ": it is empty; leave it out where none is meant");
    if (const auto set = option.set(value); !set) return Fail(place + ": " + set.error().message);
  }
  return {};
}

std::vector<std::string> KnownOptions(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

std::vector<std::string> KnownCommands(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(sub->get_name());
  }
  return words;
}

const CLI::App& ChosenCommand(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

// The words of the command line, up to the command that exec runs.
std::vector<std::string> OwnWords(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  words.erase(std::ranges::find(words, "--"), words.end());
  return words;
}

std::string Unknown(const CLI::App& app, const std::vector<std::string>& unknown) {
  const CLI::App& command = ChosenCommand(app);
  const auto first_option =
      std::ranges::find_if(unknown, [](const std::string& each) { return each.starts_with('-'); });
  const std::string& first = first_option != unknown.end() ? *first_option : unknown.front();
  const std::string word = first.substr(0, first.find('='));
  const std::string program = command.get_name() == "mockduit" ? "" : "mockduit ";
  const std::string see = "; see " + program + command.get_name() + " --help";
  if (!word.starts_with('-')) {
    // What stands behind a command that takes none, rather than in the place of a command.
    if (&command != &app && app.remaining().empty()) {
      return command.get_name() + " takes no words, and '" + word + "' is one" + see;
    }
    return "unknown command '" + word + "'" + DidYouMean(word, KnownCommands(command)) + see;
  }
  // Without the dashes, which are no letters that somebody has got right.
  const std::size_t dashes = std::min(word.find_first_not_of('-'), word.size());
  const std::string nearest = Nearest(word.substr(dashes), KnownOptions(command));
  return "unknown option '" + word + "'" +
         (nearest.empty() ? "" : "; did you mean '--" + nearest + "'?") + see;
}

// What is wrong with how the options stand on the command line, or "". The library would say it in
// words that differ from release to release, or take an option's name for a value.
std::string Misplaced(const Command& command, const std::vector<std::string>& words) {
  const auto find = [&](std::string_view word) {
    const auto found =
        std::ranges::find(command.options, word.substr(0, word.find('=')), &Option::name);
    return found != command.options.end() ? &*found : nullptr;
  };
  std::vector<const Option*> seen;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Option* option = find(words[i]);
    if (option == nullptr || option->is_flag()) continue;
    if (!option->repeats && std::ranges::find(seen, option) != seen.end()) {
      return option->name + " is given twice; it takes one value";
    }
    seen.push_back(option);
    if (words[i] != option->name && !words[i].ends_with('=')) continue;  // "--port=80"
    if (words[i].ends_with('=') || i + 1 == words.size() || find(words[i + 1]) != nullptr) {
      return option->name + " needs a value: " + option->about;
    }
    ++i;
  }
  return "";
}

int Misused(const CLI::App& app, const CLI::ParseError& error) {
  const auto unknown = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !unknown.empty()) {
    return Complain(kMisused, Unknown(app, unknown));
  }
  std::string message = error.what();
  std::ranges::replace(message, '\n', ' ');
  return Complain(kMisused, message);
}

// Makes "serve --help" of "help serve", and "--help" of "help"; "help --help" stays. Gives what is
// wrong, if it is.
std::optional<std::string> TakeHelp(const CLI::App& app, std::vector<std::string>& words) {
  if (words.empty() || words.front() != "help") return std::nullopt;
  if (words.size() > 1 && words[1].starts_with('-')) return std::nullopt;
  words.erase(words.begin());
  if (words.size() > 1) return "help takes the name of one command; see mockduit --help";
  const std::vector<std::string> known = KnownCommands(app);
  if (!words.empty() && std::ranges::find(known, words.front()) == known.end()) {
    return Unknown(app, words);
  }
  words.emplace_back("--help");
  return std::nullopt;
}

int Run(const ParsedCommand& parsed) {
  const Command& command = *parsed.command;
  if (command.words && command.words->into->empty() && !command.words->missing.empty()) {
    return Complain(kMisused, command.words->missing);
  }
  std::vector<std::string> given;
  for (const Parsed& option : parsed.options) {
    if (const auto taken = Take(option); !taken) return Complain(taken.error());
    if (option.handle->count() > 0) given.push_back(option.option->name);
  }
  return command.run(given);
}

}  // namespace

int RunCommandLine(int argc, const char* const* argv) {
  CLI::App app(kAbout, "mockduit");
  app.footer(kExamples);
  app.set_version_flag("-V,--version", kVersion);
  app.require_subcommand(0, 1);  // what follows a command's name is no other command's
  const std::vector<Command> commands = AllCommands();
  std::deque<ParsedCommand> parsed;
  for (const Command& command : commands) parsed.push_back(AddCommand(app, command));
  if (argc == 1) {
    return Print(app.help());
  }
  std::vector<std::string> words = OwnWords(argc, argv);
  const int own = static_cast<int>(words.size()) + 1;
  if (auto help = TakeHelp(app, words)) return Complain(kMisused, *help);
  const auto chosen = std::ranges::find_if(parsed, [&](const ParsedCommand& each) {
    return !words.empty() && each.command->name == words.front();
  });
  if (chosen != parsed.end()) {
    const std::string misplaced = Misplaced(*chosen->command, words);
    if (!misplaced.empty()) return Complain(kMisused, misplaced);
  }
  // What stands behind "--" is taken as it is: the library would read "[ -f x ]" as a list.
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Success& asked) {  // --help, --version
    std::ostringstream answer;
    app.exit(asked, answer, answer);
    return Print(answer.str());
  } catch (const CLI::ParseError& error) {
    return Misused(app, error);
  }
  if (chosen == parsed.end())
    return Complain(kMisused, "a command is missing; see mockduit --help");
  if (own < argc) {
    const auto& takes = chosen->command->words;
    if (!takes) return Complain(kMisused, chosen->command->name + " takes nothing behind --");
    takes->into->insert(takes->into->end(), argv + own + 1, argv + argc);
  }
  return Run(*chosen);
}

}  // namespace mockduit
