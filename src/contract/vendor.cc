#include "contract/vendor.h"

#include <algorithm>

namespace mockduit {

std::string_view Keys::RefusalOf(std::string_view credential) const {
  for (const Refusal& refusal : refused) {
    if (credential.starts_with(refusal.prefix)) return refusal.condition;
  }
  const bool good = any || std::ranges::find(accepted, credential) != accepted.end();
  return good ? "" : "unknown_credential";
}

const Contract* Vendor::FindEdition(std::string_view edition) const {
  for (const auto& contract : editions) {
    if (contract->edition == edition) return contract.get();
  }
  return nullptr;
}

std::vector<std::string> Vendor::EditionNames() const {
  std::vector<std::string> names;
  for (const auto& contract : editions) names.push_back(contract->edition);
  return names;
}

const Json* Vendor::FindData(std::string_view file) const {
  const YamlDocument* document = FindDocument(file);
  return document != nullptr ? &document->root : nullptr;
}

const YamlDocument* Vendor::FindDocument(std::string_view file) const {
  for (const auto& [name_of_file, content] : data) {
    if (name_of_file == file) return &content->Get();
  }
  return nullptr;
}

}  // namespace mockduit
