// Reads one contract file: an OpenAPI 3.1 document whose `x-mockduit` blocks say what OpenAPI has
// no words for. docs/contracts.md describes them.
#pragma once

#include <memory>

#include "base/yaml.h"
#include "contract/contract.h"

namespace mockduit {

// Every mistake is found, each with its place in the file. `kinds` are those that the vendor's
// files store, for a contract that declares none.
Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document,
                                                   const Kinds& kinds);
// With the kinds that the document stores.
Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document);

}  // namespace mockduit
