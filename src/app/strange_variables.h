// WarnOfStrangeVariables: what the environment has under this program's prefix, and nothing reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"

namespace mockduit {

// Of "NAME=value" texts: the names that begin with MOCKDUIT_ and are no option's, none that clients
// find the server by, and none of the tests, packages and fixtures of this house. Each says which
// known one is near: "MOCKDUIT_SCENARO (did you mean MOCKDUIT_SCENARIO?)".
std::vector<std::string> StrangeVariables(const std::vector<std::string_view>& environment);

// One line for all of them in this process.
void WarnOfStrangeVariables(Log& log);

}  // namespace mockduit
