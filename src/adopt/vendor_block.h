// VendorBlock: what a foreign document says as a whole, in the words of contracts.
#pragma once

#include <string>

#include "adopt/references.h"
#include "base/json.h"

namespace mockduit {

// The `x-mockduit` block of the vendor.
Json VendorBlockOf(References& references, const std::string& vendor, bool is_default);
// What stands below info.version; "1" where nothing does.
std::string EditionOf(const Json& document);

}  // namespace mockduit
