// OtherValue: values like one that was made up, for lists that have none twice.
#pragma once

#include <cstddef>
#include <optional>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// Another value for the schema, of which `value` is one: the first other one for 1, the second for
// 2 … Nothing where there are not so many, or where none comes to mind.
std::optional<Json> OtherValue(const Json& value, const Json& schema, References& references,
                               std::size_t number);

}  // namespace mockduit
