// Elsewhere: what an edition lacks and another one of the vendor has. A client that names its
// edition in one request and not in the next is answered by two, and would not learn why.
#pragma once

#include <string>
#include <vector>

#include "engine/call.h"
#include "session/session.h"

namespace mockduit {

// A line for people where the call finds nothing, and the same request to one of the `others`
// would;
// "" where it would not. Changes nothing.
std::string FoundElsewhere(const Call& call, std::vector<Target> others, Session& session);

}  // namespace mockduit
