// OnlySent: what requests alone have (`writeOnly`), so that answers do not tell it back, and
// answers alone (`readOnly`), so that requests do not set it.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// Of a member, by its schema: whether requests alone have it, or answers alone (`readOnly`).
bool IsOnlySent(const Json& property, References& references);
bool IsOnlyShown(const Json& property, References& references);

// The members of a value that only requests have, by their names with dots between them, each once
// of all items of a list.
std::vector<std::string> OnlySentIn(const Json& value, const Json& schema, References& references);

}  // namespace mockduit
