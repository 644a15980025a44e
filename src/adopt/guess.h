// Guess: which calls of a foreign document make, keep, find, change and delete something, as far as
// their paths and schemas make it plain: the overlay that says so.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace mockduit {

struct Guess {
  Json overlay = Json::MakeObject();
  std::vector<std::string> made;    // "connection: POST, GET /connections; GET /connections/{id}"
  std::vector<std::string> passed;  // what looks like it, and why it was passed over
};

// `document` leads to itself alone (ReadOpenApi).
Guess GuessOverlay(const Json& document);

}  // namespace mockduit
