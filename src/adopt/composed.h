// Composed: a body that was made up of a schema.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace mockduit {

struct Composed {
  Json value;
  // What is new in each answer: pointers into the value, and the templates that stand there.
  std::vector<std::pair<std::string, std::string>> fill;
  // Why the schema does not accept the value; "" where it does.
  std::string objection;
};

}  // namespace mockduit
