// The files of a vendor beside its contracts: keys.yaml and seed.yaml. Each reader gives every
// mistake, with its place.
#pragma once

#include <memory>
#include <vector>

#include "base/yaml.h"
#include "contract/vendor.h"

namespace mockduit {

Keys ReadKeys(const YamlDocument& document, std::vector<Problem>& problems);
// A condition that a refusal names must be one of some edition.
void CheckKeys(const YamlDocument& document, const Vendor& vendor, std::vector<Problem>& problems);
// Every entry must be of a kind that some edition knows, with its members.
void CheckSeed(const YamlDocument& document, const Vendor& vendor, std::vector<Problem>& problems);
// The block of a part, and where its answers lead once the whole is there.
void CheckPart(const YamlDocument& part, std::vector<Problem>& problems);
void CheckAnswersOfPart(const YamlDocument& part, const Json& whole,
                        std::vector<Problem>& problems);

}  // namespace mockduit
