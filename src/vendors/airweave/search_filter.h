// The filter of a search: groups of conditions, of which one group must fit as a whole.
#pragma once

#include <vector>

#include "base/json.h"
#include "contract/schema.h"

namespace mockduit::airweave {

// What is wrong with conditions that are good by the schema, each at its place below the body.
void FindFilterMistakes(const Json& filter, std::vector<Violation>& violations);

// True where the entity fits; `filter` may be null.
bool FitsFilter(const Json& entity, const Json& filter);

}  // namespace mockduit::airweave
