// Wording: the words that a vendor puts to a broken rule of a request, by the rule's keyword.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace mockduit {

struct Wording {
  std::string location = "{path}";  // how a place is written: "{place}.{path}"
  Json messages;  // keyword → words with {place} {field} {path} {limit} {value} {reason}
};

// A mistake in words, at a value or at its key.
struct WordingMistake {
  const Json* place = nullptr;
  bool at_key = false;
  std::string message;
};

// The mistakes of a map of keywords to words. `of_vendor`: `default`, and the keywords of a body
// that cannot be read, may be among them.
std::vector<WordingMistake> CheckMessages(const Json& messages, bool of_vendor);
// Those of the holes in one text: "{feild}".
std::vector<WordingMistake> CheckWords(const Json& text);

}  // namespace mockduit
