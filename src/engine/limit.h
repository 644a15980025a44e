// Limit: whether there is room for a request in the scenario's limits.
#pragma once

#include <optional>

#include "engine/answer.h"
#include "engine/call.h"

namespace mockduit {

// Looks for room and takes it, in one step. Gives an answer when there is none, or when the session
// was reset meanwhile.
std::optional<Answer> TakeRoom(Call& call);

}  // namespace mockduit
