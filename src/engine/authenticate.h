// Authenticate: finds the credential in the places that a contract names, and asks the vendor's
// keys of it.
#pragma once

#include <optional>
#include <string_view>

#include "engine/call.h"

namespace mockduit {

// The first credential that the request presents where `contract` looks for one, body fields
// included.
std::optional<Credential> FindCredential(const Sent& sent, const Contract& contract);

// The condition that refuses the call: "no_credential", "unknown_credential" or "no_permission";
// "" when it may go on.
std::string_view Authenticate(const Call& call);

}  // namespace mockduit
