// The account that the keys are of: the store's newest of the kind, and the user it names.
#pragma once

#include <string>

#include "base/json.h"
#include "session/store.h"

namespace mockduit::fivetran {

// Null where the store has none.
Json FindAccount(const Store& store);
// "Given Family" of the account's user, as answers name who approved something.
std::string NameOfUser(const Store& store);

}  // namespace mockduit::fivetran
