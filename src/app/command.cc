#include "app/command.h"

#include <algorithm>

#include "base/suggest.h"
#include "http/uri.h"

namespace mockduit {

std::string EnvironmentName(const std::string& option) {
  std::string name = "MOCKDUIT_" + UpperCase(std::string(option.substr(2)));
  std::ranges::replace(name, '-', '_');
  return name;
}

Option TextOption(std::string name, std::string& value, std::string what, std::string about) {
  return CheckedOption(std::move(name), value, std::move(what), std::move(about),
                       [](const std::string&) { return Result<void>(); });
}

Option TextsOption(std::string name, std::vector<std::string>& values, std::string what,
                   std::string about) {
  return CheckedTextsOption(std::move(name), values, std::move(what), std::move(about),
                            [](const std::string&) { return Result<void>(); });
}

Option CheckedTextsOption(std::string name, std::vector<std::string>& values, std::string what,
                          std::string about,
                          std::function<Result<void>(const std::string&)> check) {
  const auto set = [&values, check = std::move(check)](const std::string& text) -> Result<void> {
    if (auto good = check(text); !good) return good;
    values.push_back(text);
    return {};
  };
  return {std::move(name), std::move(what), std::move(about), "", true, set};
}

Option FlagOption(std::string name, bool& value, std::string about) {
  const auto set = [&value](const std::string& text) -> Result<void> {
    const std::string word = LowerCase(text);
    const bool yes = word == "true" || word == "1" || word == "on" || word == "yes";
    const bool no = word == "false" || word == "0" || word == "off" || word == "no";
    if (!yes && !no) {
      return Fail("'" + text + "' is not true or false (nor 1 or 0, yes or no, on or off)");
    }
    value = yes;
    return {};
  };
  return {std::move(name), "", std::move(about), "", false, set};
}

Option ChoiceOption(std::string name, std::string& value, std::vector<std::string> choices,
                    std::string about) {
  Option option = CheckedOption(
      std::move(name), value, "WORD", std::move(about),
      [choices](const std::string& text) -> Result<void> {
        if (std::ranges::find(choices, text) != choices.end()) return {};
        return Fail("'" + text + "' is not " + OrList(choices) + DidYouMean(text, choices));
      });
  option.choices = std::move(choices);
  return option;
}

Option CheckedOption(std::string name, std::string& value, std::string what, std::string about,
                     std::function<Result<void>(const std::string&)> check) {
  const auto set = [&value, check = std::move(check)](const std::string& text) -> Result<void> {
    if (auto good = check(text); !good) return good;
    value = text;
    return {};
  };
  return {std::move(name), std::move(what), std::move(about), value, false, set};
}

Option SecretOption(std::string name, std::string& value, std::string what, std::string about) {
  Option option = CheckedOption(
      std::move(name), value, std::move(what), std::move(about),
      [](const std::string& text) -> Result<void> {
        // The value itself is never said.
        const bool good =
            std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
        if (good) return {};
        return Fail("it has a blank or a character that is not ASCII, which no header can hold");
      });
  option.is_secret = true;
  return option;
}

Option UrlOption(std::string name, std::string& value, std::string about) {
  return CheckedOption(std::move(name), value, "URL", std::move(about),
                       [](const std::string& text) -> Result<void> {
                         if (ParseUrl(text)) return {};
                         return Fail("'" + text + "' is no URL; write it as http://host:port");
                       });
}

}  // namespace mockduit
