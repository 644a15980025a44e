// Compose: a body that a person would expect of a schema, where its document has no example: from
// the examples of its properties, their defaults, enums, formats, patterns and bounds.
#pragma once

#include <string>
#include <string_view>

#include "adopt/composed.h"
#include "adopt/whole_document.h"
#include "base/json.h"
#include "contract/schema.h"

namespace mockduit {

// Of an answer's body: members that only requests have (`writeOnly`) are left out. The same schema
// gives the same value every time. `name` is that of the value, where it has one.
Composed Compose(const Json& schema, WholeDocument& document, const std::string& name = "");

// Why the schema does not accept a value: "body.items.0.id breaks format uuid"; "" where it does.
// `place` is what the value is called, `side` sends it.
std::string ObjectionTo(const Json& value, const Json& schema, WholeDocument& document,
                        std::string_view place = "body", Side side = Side::kAnswer);

}  // namespace mockduit
