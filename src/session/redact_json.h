// RedactJson: takes the secrets out of a JSON text where they stand, so that the rest of it is kept
// byte by byte. Used by Redactor alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/secret_names.h"

namespace mockduit {

struct RedactedJson {
  bool is_json = false;             // false: nothing was looked at
  std::optional<std::string> text;  // without its secrets; nothing where it has none
};

// `depth` counts the strings of JSON in which the text stands.
RedactedJson RedactJson(const SecretNames& names, std::string_view text, int depth = 0);

// A string without its secrets, which may be JSON itself; nothing where it has none.
std::optional<std::string> RedactString(const SecretNames& names, std::string_view text,
                                        int depth = 0);

// The same of a text that is no JSON.
std::optional<std::string> RedactSecrets(const SecretNames& names, std::string_view text);

}  // namespace mockduit
