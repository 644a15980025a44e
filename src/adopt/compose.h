// Compose: a body that a person would expect of a schema, where its document has no example: from
// the examples of its properties, their defaults, enums, formats, patterns and bounds.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adopt/references.h"
#include "base/json.h"

namespace mockduit {

struct Composed {
  Json value;
  // What is new in each answer: pointers into the value, and the templates that stand there.
  std::vector<std::pair<std::string, std::string>> fill;
  // Why the schema does not accept the value; "" where it does.
  std::string objection;
};

// Of an answer's body: members that only requests have (`writeOnly`) are left out. The same schema
// gives the same value every time. `name` is that of the value, where it has one.
Composed Compose(const Json& schema, References& references, const std::string& name = "");

// Why the schema does not accept a value: "body.items.0.id: uuid"; "" where it does, or where it
// cannot be read.
std::string ObjectionTo(const Json& value, const Json& schema, const References& references);

}  // namespace mockduit
