// Regular expressions of ECMA-262, as JSON Schema has them, in the syntax of RE2. Their characters
// are those of Unicode. What looks around, or repeats what a group has matched, cannot be matched
// in linear time, and is not translated. Used by Pattern alone.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace mockduit {

// Why a text is no pattern.
struct NoPattern {
  bool is_mistake;  // else it is a good expression that cannot be held in linear time
  std::string message;
};

// The error's message is what follows the expression: "is no regular expression: …".
std::expected<std::string, NoPattern> TranslateEcmaPattern(std::string_view regex);

}  // namespace mockduit
