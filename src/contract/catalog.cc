#include "contract/catalog.h"

#include <algorithm>
#include <set>

#include "contract/read/openapi.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

std::string_view FolderOf(std::string_view path) {
  path = path.substr(0, path.rfind('/'));
  return path.substr(path.rfind('/') + 1);
}

std::string_view StemOf(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

Keys ReadKeys(const Json& json) {
  Keys keys;
  if (const Json* accepted = json.Find("accepted"); accepted != nullptr && accepted->IsArray()) {
    keys.any = false;
    for (const Json& key : *accepted->IfArray()) keys.accepted.emplace_back(key.AsString());
  }
  if (const Json* refused = json.Find("refused"); refused != nullptr && refused->IsObject()) {
    for (const JsonMember& entry : *refused->IfObject()) {
      keys.refused.push_back({entry.key, std::string(entry.value.AsString())});
    }
  }
  return keys;
}

// Gathers files into vendors, and the mistakes found on the way.
class Loader {
 public:
  std::vector<Vendor> vendors;
  std::vector<Problem> problems;

  void Take(const TextFile& file) {
    auto document = ReadDocument(file);
    if (!document) return Note(document.error());
    Vendor& vendor = VendorOf(file.path);
    SpreadAnswers(document->root);
    const std::string part_of = PartOf(document->root);
    if (document->root.Find("openapi") != nullptr) {
      documents_.push_back({vendor.name, std::move(*document)});
    } else if (!part_of.empty()) {
      parts_.push_back({vendor.name, std::move(*document)});
    } else if (StemOf(file.path) == "keys") {
      vendor.keys = ReadKeys(document->root);
    } else {
      vendor.data.emplace_back(StemOf(file.path), std::move(document->root));
    }
  }

  void Finish() {
    for (Document& part : parts_) JoinPart(part);
    for (const Document& document : documents_) {
      TakeContract(*std::ranges::find(vendors, document.vendor, &Vendor::name), document.yaml);
    }
    std::erase_if(vendors, [](const Vendor& vendor) { return vendor.editions.empty(); });
    std::ranges::sort(vendors, {}, &Vendor::name);
    for (Vendor& vendor : vendors) {
      std::ranges::stable_sort(vendor.editions, std::greater<>(),
                               [](const auto& contract) { return contract->is_default; });
    }
  }

 private:
  struct Document {
    std::string vendor;
    YamlDocument yaml;
  };

  void JoinPart(Document& part) {
    const std::string edition = PartOf(part.yaml.root);
    for (Document& whole : documents_) {
      if (whole.vendor != part.vendor) continue;
      if (whole.yaml.root.Get("x-mockduit").Get("edition").AsString() != edition) continue;
      return Note(whole.yaml.Merge(std::move(part.yaml)));
    }
    problems.push_back(part.yaml.AtValue("/x-mockduit/part_of",
                                         part.vendor + " has no edition '" + edition + "'"));
  }

  void Note(const std::vector<Problem>& found) {
    problems.insert(problems.end(), found.begin(), found.end());
  }

  Vendor& VendorOf(const std::string& path) {
    const std::string_view name = FolderOf(path);
    const auto known = std::ranges::find(vendors, name, &Vendor::name);
    if (known != vendors.end()) return *known;
    vendors.push_back({std::string(name), {}, {}, {}});
    return vendors.back();
  }

  void TakeContract(Vendor& vendor, const YamlDocument& document) {
    auto contract = ReadContract(document);
    if (!contract) return Note(contract.error());
    if ((*contract)->vendor != vendor.name) {
      problems.push_back(document.AtValue("/x-mockduit/vendor",
                                          "the contract says '" + (*contract)->vendor +
                                              "' but stands in the folder '" + vendor.name + "'"));
    }
    vendor.editions.push_back(std::move(*contract));
  }

  std::vector<Document> documents_;
  std::vector<Document> parts_;
};

}  // namespace

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
  for (const auto& [name_of_file, content] : data) {
    if (name_of_file == file) return &content;
  }
  return nullptr;
}

Read<Catalog> Catalog::Load(const std::vector<TextFile>& files) {
  Loader loader;
  for (const TextFile& file : files) loader.Take(file);
  loader.Finish();
  if (!loader.problems.empty()) return std::unexpected(std::move(loader.problems));
  Catalog catalog;
  catalog.vendors_ = std::move(loader.vendors);
  std::set<std::string> names;
  for (const Vendor& vendor : catalog.vendors_) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) names.insert(operation->name);
    }
  }
  catalog.operation_names_ = {names.begin(), names.end()};
  return catalog;
}

const Vendor* Catalog::FindVendor(std::string_view name) const {
  const auto found = std::ranges::find(vendors_, name, &Vendor::name);
  return found != vendors_.end() ? &*found : nullptr;
}

std::vector<std::string> Catalog::VendorNames() const {
  std::vector<std::string> names;
  for (const Vendor& vendor : vendors_) names.push_back(vendor.name);
  return names;
}

const Operation* Catalog::FindOperation(std::string_view name) const {
  const std::size_t dot = name.find('.');
  const Vendor* vendor = FindVendor(name.substr(0, dot));
  if (vendor == nullptr || dot == std::string_view::npos) return nullptr;
  for (const auto& contract : vendor->editions) {
    if (const Operation* found = contract->FindOperation(name.substr(dot + 1))) return found;
  }
  return nullptr;
}

std::vector<std::string> Catalog::LifecycleNames() const {
  std::set<std::string> names;
  for (const Vendor& vendor : vendors_) {
    for (const auto& contract : vendor.editions) {
      for (const auto& lifecycle : contract->lifecycles) names.insert(lifecycle->name);
    }
  }
  return {names.begin(), names.end()};
}

std::shared_ptr<const Lifecycle> Catalog::FindLifecycle(std::string_view name,
                                                        std::string_view edition) const {
  const std::size_t dot = name.find('.');
  const Vendor* vendor = FindVendor(name.substr(0, dot));
  if (vendor == nullptr || dot == std::string_view::npos) return nullptr;
  for (const auto& contract : vendor->editions) {
    if (!edition.empty() && contract->edition != edition) continue;
    if (auto found = contract->FindLifecycle(name.substr(dot + 1))) return found;
  }
  return nullptr;
}

}  // namespace mockduit
