// Security: which credentials a foreign document asks for, as contracts say it.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// The places of all its security schemes, as the vendor block's `credentials`, each once.
Json CredentialsOf(References& references);

// The ways to present what one operation asks for, as its block's `credentials`: a list of places,
// and of {all: […]} where it asks for several at a time. Empty where none is needed. Of a scheme
// that is not understood, or not there, any credential in Authorization will do. `operation` may
// have a `security` of its own.
Json WaysOf(const Json& operation, References& references);

// The header WWW-Authenticate of an answer to a request without what the operation asks for: each
// of its schemes once. "" where it asks for none.
std::string ChallengeOf(const Json& operation, References& references);

// What of a scheme in components is not asked for as it says, and what is in its place; "" where
// all is.
std::string WhyNotAskedFor(const Json& scheme, References& references);

// The names of keys that stand in headers, queries and cookies.
std::vector<std::string> KeyNamesOf(References& references);

}  // namespace mockduit
