// Composed: a body that was made up of a schema.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace mockduit {

// Pointers into a value, and the templates that stand there.
using Fill = std::vector<std::pair<std::string, Json>>;

struct Composed {
  Json value;
  Fill fill;  // what is new in each answer
  // Why the schema does not accept the value; "" where it does.
  std::string objection;
};

}  // namespace mockduit
