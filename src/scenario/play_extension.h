// PlayExtension: a key of plays that a vendor adds to the language of scenarios. The vendor checks
// its value when a scenario is read, and reads it from the play when it answers. What it means is
// not known here.
#pragma once

#include <string_view>
#include <vector>

#include "base/node.h"

namespace mockduit {

class ScenarioReader;

struct PlayExtension {
  std::string_view key;
  // Reports every mistake in the value. scenario/read/reader.h has the ways to read one.
  void (*check)(ScenarioReader& reader, const Node& value);
  std::string_view schema;  // of the value: JSON Schema, as docs/scenario.schema.json has it
};

using PlayExtensions = std::vector<PlayExtension>;

}  // namespace mockduit
