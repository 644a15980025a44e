// Reads one contract file: an OpenAPI 3.1 document whose `x-mockduit` blocks say what OpenAPI has
// no words for. docs/contracts.md describes them.
#pragma once

#include <memory>
#include <vector>

#include "base/yaml.h"
#include "contract/contract.h"
#include "contract/read/edition_source.h"

namespace mockduit {

// What a contract may refer to beside its own document.
struct Known {
  Kinds kinds;  // that the vendor's files store, for a contract that declares none
  const std::vector<std::string>* behaviours = nullptr;  // nullptr: any
  // False where a part has mistakes, so that what it brings to the document may be missing.
  bool all_is_here = true;
};

// The error is every mistake, each with its place in the file.
Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document,
                                                   const Known& known);
// Opens an edition: what the contract says as a whole is read now, each operation when it is first
// asked for. It must declare its kinds.
std::unique_ptr<const Contract> OpenContract(const std::shared_ptr<const EditionSource>& source);
// With the kinds that the document stores.
Read<std::unique_ptr<const Contract>> ReadContract(const YamlDocument& document);

}  // namespace mockduit
