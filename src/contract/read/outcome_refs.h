// Holds the outcomes that effects and conditions name against those that are documented. The reader
// of contracts uses it.
#pragma once

#include <string_view>
#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

// What an effect or a condition refers to must be an outcome of its operation.
// `by` is the word for what refers.
void CheckReference(ContractReading& reading, const Node& node, const OutcomeRef& ref,
                    const Operation& operation, std::string_view by);
// A condition needs an outcome that answers it: of the operation; where it is the vendor's, of
// any operation or among the answers that operations may refer to; or one that the operations
// share.
// `operation` is nullptr for the vendor's own.
void CheckConditions(ContractReading& reading, const Node& node,
                     const std::vector<ConditionOutcome>& conditions, const Operation* operation);
// Headers are refused by answers that belong to no operation.
void CheckRefusals(ContractReading& reading, const Node& node);

}  // namespace mockduit
