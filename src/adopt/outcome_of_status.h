// OutcomeOfStatus: what the answers of a foreign document are called, by their statuses.
#pragma once

#include <string>

namespace mockduit {

// "not_found" for 404. A status without a name of its own has that of its class.
std::string OutcomeOfStatus(int status);

}  // namespace mockduit
