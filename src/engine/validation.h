// Validation: holds a request against its operation's contract and finds every violation.
#pragma once

#include <string_view>

#include "engine/call.h"

namespace mockduit {

// Reads the body as JSON into the call. An empty body, no JSON and no object are told later.
void ReadBody(Call& call);

// Appends the violations to the call and gives the condition that tells of them: "bad_path",
// "bad_query", "malformed_body", "invalid", "media_type" or "not_acceptable"; "" when all is well.
std::string_view Validate(Call& call);

}  // namespace mockduit
