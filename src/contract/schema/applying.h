// Applying: which schemas a value is held against by one of them.
#pragma once

#include "base/json.h"
#include "contract/schema/node.h"

namespace mockduit {

// Adds a schema and all that it refers to for `value` itself, each once.
void AddApplying(const SchemaNode& node, const Json& value, SchemaNodes& parts);

}  // namespace mockduit
