// Security: which credentials a foreign document asks for, as contracts say it.
#pragma once

#include <string>
#include <vector>

#include "adopt/references.h"
#include "base/json.h"

namespace mockduit {

// The places of all its security schemes, as the vendor block's `credentials`, each once.
Json CredentialsOf(References& references);

// The ways to present what one operation asks for, as its block's `credentials`: a list of places,
// and of {all: […]} where it asks for several at a time. Empty where none is needed, or where
// nothing that is understood is asked for. `operation` may have a `security` of its own.
Json WaysOf(const Json& operation, References& references);

// The names of keys that stand in headers, queries and cookies.
std::vector<std::string> KeyNamesOf(References& references);

}  // namespace mockduit
