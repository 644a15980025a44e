// Authenticator: finds the credential in the places a contract names, and judges it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/call.h"

namespace mockduit {

// The first credential that the call presents where `contract` looks for one, body fields included.
std::optional<Credential> FindCredential(const Call& call, const Contract& contract);

// "" when the call may go on, else the condition: "no_credential", "unknown_credential" or
// "no_permission".
std::string_view JudgeCredential(const Call& call);

// Of vendors that could be meant, the first in whose places the call has a credential, else the
// first; nullptr when there are none.
const Vendor* ChooseVendor(const Call& call, const std::vector<const Vendor*>& vendors);

// The edition that answers, of those that could: the pinned one ("" where nothing is pinned), else
// the one that what the client sends chooses, else the first. The vendor is known.
const Contract& ChooseEdition(const Call& call, std::string_view pinned,
                              const std::vector<const Contract*>& candidates);

}  // namespace mockduit
