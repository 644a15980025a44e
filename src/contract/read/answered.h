// CheckAnswered: finds the conditions that requests of an operation can meet, and holds its
// outcomes against those that the contract names for them. The reader of contracts uses it.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

// Reports each condition that no `conditions` names, once for all operations, which is what
// `unnamed` is for; and each whose outcome this operation lacks. `node` is the operation in its
// document, and `parameters` are its own and its path's. What only a file beside the contract, or a
// path that it does not have, brings about is not looked at.
void CheckAnswered(ContractReading& reading, const Node& node, const std::vector<Node>& parameters,
                   const Operation& operation, std::set<std::string_view>& unnamed);

}  // namespace mockduit
