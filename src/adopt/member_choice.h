// MemberChoice: which members an object gets that its schema does not list, by what it says of
// their names, and what their values are to be like.
#pragma once

#include <cstddef>
#include <string>

#include "adopt/merged_schema.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// A name for a member that the merged schema lists nowhere: the first for 1, the second for 2 …
std::string NameOfMember(const Json& schema, std::size_t number, References& references);

// The schema of a member that `properties` does not list.
Json SchemaOfMember(const Merged& merged, const std::string& name, References& references);

// The schema with the rules that its listed members bring with them (`dependentSchemas`).
Merged WithDependent(const Json& schema, References& references);

}  // namespace mockduit
