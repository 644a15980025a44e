// References whose key is misspelt: {$reff: "#/components/responses/Busy"}. Used by the catalog
// before anything else reads a contract, so that such a mistake is one, and not also all that then
// seems to be missing.
#pragma once

#include <vector>

#include "base/yaml.h"

namespace mockduit {

// Reports each, and reads it as the "$ref" that it is meant to be.
std::vector<Problem> RepairReferences(YamlDocument& document);

}  // namespace mockduit
