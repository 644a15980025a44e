// The type of the values that a schema takes.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// The type that a value of a merged schema gets, by what the schema asks for where it names none;
// "" where it asks for nothing. null is the last choice.
std::string_view TypeOf(const Json& schema);

// Whether the value is of a type that the schema names, where it names some.
bool TakesType(const Json& schema, const Json& value);

// What is of both types, either of which may be a list: "integer" of "number" and "integer".
// The first where nothing is.
Json NarrowerType(const Json& type, const Json& other);

// Whether null is good, as well as it can be told without a look at anything else.
bool IsNullable(const Json& schema, References& references);

}  // namespace mockduit
