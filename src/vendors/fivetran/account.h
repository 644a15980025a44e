// The account that the keys are of: the store's newest of the kind, and the user it names.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "session/store.h"

namespace mockduit::fivetran {

// A member of it; null where the store has no account.
Json OfAccount(const Store& store, std::string_view member);
// "Given Family" of the account's user, as answers name who approved something.
std::string NameOfUser(const Store& store);

}  // namespace mockduit::fivetran
