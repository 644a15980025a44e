// Puts a vendor's own words to the violations of a request, by the table in its contract.
#pragma once

#include <string>

#include "base/json.h"
#include "engine/call.h"

namespace mockduit {

// All of them: "Field 'group_id' is required; Field 'service' is required".
std::string ViolationsText(const Call& call);
// All of them; null when there is none: [{"body.name": "String should have at least 4 characters"}]
Json ViolationsErrors(const Call& call);

// All of them, null when there is none: [{"field_id": "name", "error_code": "isEmpty"}]
Json ViolationsFields(const Call& call);

}  // namespace mockduit
