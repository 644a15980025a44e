// VendorBlock: what a foreign document says as a whole, in the words of contracts.
#pragma once

#include <string>

#include "adopt/servers.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// The `x-mockduit` block of the vendor.
Json VendorBlockOf(References& references, const Servers& servers, const std::string& vendor,
                   bool is_default);
// What stands below info.version; "1" where nothing does.
std::string EditionOf(const Json& document);

}  // namespace mockduit
