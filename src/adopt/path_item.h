// PathItem: what is said of a path, where part of it may stand behind a `$ref`.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct PathItem {
  // The item as it is written, and those that its "$ref" leads to, and so on, each where it stands.
  // What an earlier one says counts before what a later one says. Maps alone.
  std::vector<const Json*> levels;
  bool leads_nowhere = false;  // the last "$ref"

  // Each method once, with its operation, which is a map.
  std::vector<std::pair<std::string_view, const Json*>> Operations() const;
  // Of the first that has it; null where none has.
  const Json& Get(std::string_view key) const;
};

PathItem PathItemOf(const Json& written, References& references);

}  // namespace mockduit
