// Authenticator: finds the credential in the places a contract names, and judges it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/call.h"

namespace mockduit {

// The first credential that the call presents where `contract` looks for one, body fields included.
std::optional<Credential> FindCredential(const Call& call, const Contract& contract);

// "" when the call may go on, else the condition: "no_credential", "unknown_credential" or
// "no_permission".
std::string_view JudgeCredential(const Call& call);

// The edition that answers: the pinned one, else the one that a presented credential chooses, else
// the default. `pinned` is "" where nothing is pinned. nullptr when no operation was routed to.
const Operation* ChooseEdition(const Call& call, std::string_view pinned);
// The same where no operation answers: the edition whose 404 or 405 it is. The vendor is known.
const Contract& ChooseContract(const Call& call, std::string_view pinned);

}  // namespace mockduit
