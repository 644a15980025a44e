#include "contract/catalog.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "contract/read/openapi.h"
#include "contract/read/vendor_files.h"
#include "contract/read/vendors.h"
#include "http/headers.h"

namespace mockduit {
namespace {

// Of a file that is known to be right.
YamlDocument DocumentIn(const FilePieces& file) {
  return ReadDocument(TextFile{std::string(file.path), std::string(file.text), true})
      .value_or(YamlDocument());
}

}  // namespace

Read<Catalog> Catalog::Load(const std::vector<TextFile>& files,
                            const std::vector<std::string>* behaviours) {
  auto vendors = ReadVendors(files, behaviours);
  if (!vendors) return std::unexpected(std::move(vendors.error()));
  return Catalog(*std::move(vendors), false);
}

Catalog Catalog::Open(const std::vector<FilePieces>& files) {
  std::vector<Vendor> vendors;
  // Of the last vendor, by edition.
  std::map<std::string_view, std::vector<FilePieces>> editions;
  const auto open_editions = [&] {
    for (const auto& [edition, pieces] : editions) {
      vendors.back().editions.push_back(
          OpenContract(std::make_shared<const EditionPieces>(pieces)));
    }
    editions.clear();
  };
  for (const FilePieces& file : files) {
    const std::string_view vendor = VendorOfFile(file.path);
    if (vendors.empty() || vendors.back().name != vendor) {
      open_editions();
      vendors.push_back({std::string(vendor), {}, {}, {}});
    }
    if (!file.edition.empty()) {
      auto& of_edition = editions[file.edition];
      of_edition.insert(file.is_part ? of_edition.end() : of_edition.begin(), file);
    } else if (NameOfFile(file.path) == "keys") {
      std::vector<Problem> none;
      vendors.back().keys = ReadKeys(DocumentIn(file), none);
    } else {
      vendors.back().AddData(NameOfFile(file.path), [file] { return DocumentIn(file); });
    }
  }
  open_editions();
  std::ranges::sort(vendors, {}, &Vendor::name);
  return {std::move(vendors), true};
}

Catalog Catalog::With(std::vector<Vendor> vendors) && {
  MakeWayFor(vendors);
  std::ranges::move(vendors_, std::back_inserter(vendors));
  return {std::move(vendors), has_all_opened_};
}

Catalog Catalog::Beside(Catalog other) && {
  MakeWayFor(other.vendors_);
  std::ranges::move(other.vendors_, std::back_inserter(vendors_));
  std::ranges::sort(vendors_, {}, &Vendor::name);
  return {std::move(vendors_), has_all_opened_};
}

void Catalog::MakeWayFor(const std::vector<Vendor>& vendors) {
  const auto dropped = std::erase_if(vendors_, [&](const Vendor& own) {
    return std::ranges::find(vendors, own.name, &Vendor::name) != vendors.end();
  });
  if (dropped > 0) has_all_opened_ = false;
}

Catalog::Catalog(std::vector<Vendor> vendors, bool has_all_opened)
    : has_all_opened_(has_all_opened), vendors_(std::move(vendors)) {
  for (Vendor& vendor : vendors_) {
    std::ranges::stable_sort(vendor.editions, std::greater<>(),
                             [](const auto& contract) { return contract->is_default; });
  }
  std::set<std::string> names;
  for (const Vendor& vendor : vendors_) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        names.insert(operation->name);
        operations_.emplace(operation->name, operation.get());
      }
    }
  }
  operation_names_ = {names.begin(), names.end()};
  KeepHosts();
}

void Catalog::KeepHosts() {
  for (std::size_t i = 0; i < vendors_.size(); ++i) {
    for (const auto& contract : vendors_[i].editions) {
      for (const std::string& host : contract->hosts) hosts_.emplace_back(host, i);
    }
  }
  std::ranges::sort(hosts_);
  const auto repeated = std::ranges::unique(
      hosts_, {}, [](const auto& each) -> const std::string& { return each.first; });
  hosts_.erase(repeated.begin(), repeated.end());
}

const Vendor* Catalog::FindVendorOfHost(std::string_view host) const {
  if (host.ends_with('.')) host.remove_suffix(1);  // the root of all names
  for (const auto& [name, place] : hosts_) {
    if (EqualsIgnoringCase(name, host)) return &vendors_[place];
  }
  return nullptr;
}

std::vector<std::string> Catalog::Hosts() const {
  std::vector<std::string> names;
  for (const auto& host : hosts_) names.push_back(host.first);
  return names;
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
  const auto found = operations_.find(name);
  return found != operations_.end() ? found->second : nullptr;
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

std::vector<std::string> Catalog::EndingNames(std::string_view name) const {
  std::vector<std::string> names;
  for (const Vendor& vendor : vendors_) {
    for (const auto& contract : vendor.editions) {
      for (const auto& lifecycle : contract->lifecycles) {
        if (lifecycle->name != name) continue;
        for (const std::string& ending : lifecycle->ending_names) {
          if (std::ranges::find(names, ending) == names.end()) names.push_back(ending);
        }
      }
    }
  }
  return names;
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
