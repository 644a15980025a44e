// Airweave's create: what the data in the contract cannot say. It makes a collection where none is
// named, and a pending job where the first sync is to start at once.
#pragma once

#include "engine/behaviour.h"

namespace mockduit::airweave {

Result<std::unique_ptr<const Behaviour>> MakeCreateSourceConnection(const Vendor& vendor,
                                                                    const Operation& operation);

// "Collection for My conn!" as "collection-for-my-conn": lower case, everything but a-z, 0-9 and
// spaces dropped, runs of spaces to one hyphen.
std::string Slug(std::string_view name);

}  // namespace mockduit::airweave
