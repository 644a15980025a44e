// ValueOf: one value that a schema asks for, as one attempt goes about it. compose.cc looks at what
// came of it and tries again.
#pragma once

#include <optional>
#include <string>

#include "adopt/attempt.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// `name` is that of the value, where it has one. Nothing where every value would have no end, or
// the schema refuses all: the attempt knows why.
std::optional<Json> ValueOf(const Json& schema, const std::string& name, Attempt& attempt,
                            References& references);

}  // namespace mockduit
