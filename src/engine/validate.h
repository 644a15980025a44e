// Validate: holds a request against its operation's contract and finds every violation.
#pragma once

#include <string_view>

#include "engine/call.h"

namespace mockduit {

// Appends the violations to the call and gives the condition that they make: "bad_path",
// "bad_query", "malformed_body", "invalid", "media_type" or "not_acceptable"; "" when all is well.
std::string_view Validate(Call& call);

// The same of no more than whether a body of JSON can be read at all: "malformed_body" or
// "undecodable", or "".
std::string_view ValidateReading(Call& call);

}  // namespace mockduit
