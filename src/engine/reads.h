// Reads: what a vendor's server makes of a request before it looks at it, where servers differ
// (`requests` in contracts).
#pragma once

#include "engine/call.h"

namespace mockduit {

// Brings path, query and body of a request into the form that the operation's server reads them in.
// What cannot be brought into it stays as it was sent, so that validation finds it.
void ReadAsVendorDoes(Sent& sent, Target& target);

}  // namespace mockduit
