// Command: one command of the program as data: its options, the words of its help, and what it
// runs. The files in commands/ make them, command_line.cc reads the command line by them. What a
// value must be is decided here, so that a mistake is reported in the same words whatever parses
// the line.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace mockduit {

struct Option {
  std::string name;   // "--max-body"; MOCKDUIT_MAX_BODY stands in where it is not given
  std::string value;  // what the help calls its value: "FILE"; "" for a flag
  std::string about;
  std::string default_value;  // as the help shows it; "" where it shows none
  bool repeats = false;       // may be given again, or with commas between several values
  // Takes a value over. Called once for each value; a flag's is "true" or "false". The error says
  // what is wrong with the value, without the option's name.
  std::function<Result<void>(const std::string&)> set;
  bool is_secret = false;  // an empty environment variable is a mistake, not an absent one
  std::vector<std::string> choices = {};  // all that it may be, where that is a list
  std::string group{};  // the heading that it stands under in the help; "": the first one

  bool is_flag() const { return value.empty(); }
};

struct Command {
  struct Words {  // what stands behind the options
    std::string name;
    std::string about;
    std::string missing;  // the message where there is none; "": there may be none
    std::vector<std::string>* into = nullptr;
  };

  std::string name;
  std::string about;
  std::string footer;
  std::vector<Option> options;
  std::optional<Words> words;
  // Gives the exit code. `given` are the options that stand on the command line itself.
  std::function<int(const std::vector<std::string>& given)> run;
};

// "--max-body" as "MOCKDUIT_MAX_BODY".
std::string EnvironmentName(const std::string& option);

// The options' values stand in the variables; what they hold before is the default. They must
// outlive the option.
Option TextOption(std::string name, std::string& value, std::string what, std::string about);
Option TextsOption(std::string name, std::vector<std::string>& values, std::string what,
                   std::string about);
Option FlagOption(std::string name, bool& value, std::string about);
Option ChoiceOption(std::string name, std::string& value, std::vector<std::string> choices,
                    std::string about);
// A text that `check` finds good.
Option CheckedOption(std::string name, std::string& value, std::string what, std::string about,
                     std::function<Result<void>(const std::string&)> check);
// A text that opens a door: never empty, and good for a header of HTTP.
Option SecretOption(std::string name, std::string& value, std::string what, std::string about);
// Texts that `check` finds good.
Option CheckedTextsOption(std::string name, std::vector<std::string>& values, std::string what,
                          std::string about, std::function<Result<void>(const std::string&)> check);
Option UrlOption(std::string name, std::string& value, std::string about);

template <std::integral Number, class Value>
Option NumberOption(std::string name, Value& value, Number minimum, Number maximum,
                    std::string about) {
  const auto set = [&value, minimum, maximum](const std::string& text) -> Result<void> {
    const auto number = ParseNumber<Number>(text);
    if (!number || *number < minimum || *number > maximum) {
      const bool open = maximum == std::numeric_limits<Number>::max();
      return Fail("'" + text + "' is not a whole number from " + std::to_string(minimum) +
                  (open ? " up" : " to " + std::to_string(maximum)));
    }
    value = static_cast<Number>(*number);
    return {};
  };
  std::string shown;
  if constexpr (std::integral<Value>) {
    shown = std::to_string(value);
  } else if (value) {
    shown = std::to_string(*value);
  }
  return {std::move(name), "N", std::move(about), std::move(shown), false, set};
}

}  // namespace mockduit
