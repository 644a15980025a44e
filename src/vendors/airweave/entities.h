// Entities: what a search finds. No data is moved, so they are made up of the source connections
// that have synced, the same for the same connections whenever they are asked for.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "session/store.h"

namespace mockduit::airweave {

// All that a search in the collection may find, ranked for the query, the best first.
std::vector<Json> RankedEntities(const Store& store, std::string_view readable_id,
                                 std::string_view query);

}  // namespace mockduit::airweave
