// Servers: below which paths the servers of a foreign document answer.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct Servers {
  std::string base;                  // of the document's first: "/v1", or ""
  Json aliases = Json::MakeArray();  // {from: …, to: …}: the other paths that something answers at
  std::vector<std::pair<std::string, std::string>> notes;  // by pointer: what is not done as said
};

// Those of the document, of its paths and of its operations.
Servers ServersOf(References& references);

}  // namespace mockduit
