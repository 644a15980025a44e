// CheckAnswered: finds the conditions that requests of an operation can meet, and holds its
// outcomes against those that the contract names for them. The reader of contracts uses it.
#pragma once

#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

// Reports each condition that has an outcome in the contract's `conditions` which this operation
// lacks. `node` is the operation in its document, and `parameters` are its own and its path's. A
// condition for which the contract names no outcome is no mistake: the emulator answers it itself.
void CheckAnswered(ContractReading& reading, const Node& node, const std::vector<Node>& parameters,
                   const Operation& operation);

}  // namespace mockduit
