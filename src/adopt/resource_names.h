// ResourceNames: what the names in a foreign document promise of its resources.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace mockduit {

// The kind of what a collection holds: "parcel" of "/v1/parcels".
std::string KindNamed(std::string_view collection);

// The member of a body that tells which resource it is, by the variable that does so in the path:
// "boxId" is "box_id", or "id". "" where there is none.
std::string IdMemberOf(const Json& body, const std::string& variable);

// True of members that have the time of the last change: "updated_at".
bool IsTimeOfChange(std::string_view name);

}  // namespace mockduit
