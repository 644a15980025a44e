// Reads what an operation asks of a request: a parameter and how it is written, and one media type
// of its body.
#pragma once

#include <string>

#include "contract/read/reading.h"

namespace mockduit {

Parameter ReadParameter(ContractReading& reading, const Node& node);
// `node` is what stands behind the type in `content`.
BodyType ReadBodyType(ContractReading& reading, const std::string& type, const Node& node);
// `requests` of the vendor block.
void ReadRequestRules(ContractReading& reading, const Node& node);

}  // namespace mockduit
