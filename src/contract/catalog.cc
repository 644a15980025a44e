#include "contract/catalog.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/node.h"
#include "base/suggest.h"
#include "contract/read/kinds.h"
#include "contract/read/misspelt_refs.h"
#include "contract/read/openapi.h"
#include "contract/read/parts.h"
#include "contract/read/vendor_files.h"
#include "http/headers.h"

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

// The name of a file that is nearly one of those that every vendor may have; else "".
std::string NearlyNamed(std::string_view stem) {
  const std::string advice = DidYouMean(stem, {"keys", "seed"});
  return stem == "keys" || stem == "seed" ? "" : advice;
}

std::string NearlyOpenApi(const YamlDocument& document) {
  for (const JsonMember& member : *document.root.IfObject()) {
    if (std::string advice = DidYouMean("openapi", {member.key}); !advice.empty()) return advice;
  }
  return "";
}

// Of a file that is known to be right.
YamlDocument DocumentIn(const FilePieces& file) {
  return ReadDocument(TextFile{std::string(file.path), std::string(file.text), true})
      .value_or(YamlDocument());
}

// Gathers files into vendors, and the mistakes found on the way.
class Loader {
 public:
  explicit Loader(const std::vector<std::string>* behaviours) : behaviours_(behaviours) {}

  std::vector<Vendor> vendors;
  std::vector<Problem> problems;

  void Take(const TextFile& file) {
    order_.push_back(file.path);
    auto document = ReadDocument(file);
    if (!document) {
      unreadable_.insert(std::string(FolderOf(file.path)));
      return Note(document.error());
    }
    Vendor& vendor = VendorOf(file.path);
    const std::string part_of = PartOf(document->root);
    const bool is_contract = document->root.Find("openapi") != nullptr || !part_of.empty();
    if (is_contract) Note(RepairReferences(*document));
    const Node root(*document);
    if (root["openapi"]) {
      documents_.push_back({vendor.name, std::move(*document)});
    } else if (!part_of.empty()) {
      parts_.push_back({vendor.name, std::move(*document)});
    } else if (root["paths"] || root["x-mockduit"]) {
      unreadable_.insert(vendor.name);
      problems.push_back(root.Wrong(
          "this file has neither 'openapi', as a contract does, nor x-mockduit's 'part_of', as a "
          "part does" +
          NearlyOpenApi(*document)));
    } else if (StemOf(file.path) == "keys") {
      vendor.keys = ReadKeys(*document, problems);
      beside_.push_back({vendor.name, std::move(*document)});
    } else {
      const std::string advice = NearlyNamed(StemOf(file.path));
      if (!advice.empty()) {
        problems.push_back(root.Wrong("nothing reads a file of this name" + advice));
      }
      vendor.AddData(StemOf(file.path), std::move(*document));
    }
  }

  void Finish() {
    GatherAllKinds();
    for (Document& whole : documents_) {
      const Json block = whole.yaml.root.Get("x-mockduit");
      SpreadDefaults(whole.yaml.root, block);
    }
    for (Document& part : parts_) JoinPart(part);
    for (const Document& document : documents_) {
      TakeContract(*std::ranges::find(vendors, document.vendor, &Vendor::name), document);
    }
    CheckEditions();
    for (const Document& keys : beside_) {
      CheckKeys(keys.yaml, *std::ranges::find(vendors, keys.vendor, &Vendor::name), problems);
    }
    std::erase_if(vendors, [](const Vendor& vendor) { return vendor.editions.empty(); });
    for (const Vendor& vendor : vendors) {
      const YamlDocument* seed = vendor.FindDocument("seed");
      // A kind is known only where all editions are.
      if (seed != nullptr && !unread_.contains(vendor.name)) CheckSeed(*seed, vendor, problems);
    }
    SortProblems();
  }

 private:
  struct Document {
    std::string vendor;
    YamlDocument yaml;
    bool all_is_here = true;  // false: one of its parts has mistakes
  };

  // What all files of a vendor store, for the contracts that declare no kinds.
  void GatherAllKinds() {
    for (const auto* files : {&documents_, &parts_}) {
      for (const Document& document : *files) {
        GatherKinds(document.yaml.root, kinds_[document.vendor]);
      }
    }
    for (const Vendor& vendor : vendors) {
      if (const Json* seed = vendor.FindData("seed")) GatherSeedKinds(*seed, kinds_[vendor.name]);
    }
  }

  // What a part's are added to must be maps.
  void CheckMaps(const YamlDocument& whole) {
    for (const std::string key : {"paths", "components"}) {
      const Json* map = whole.root.Find(key);
      if (map == nullptr || map->IsObject()) continue;
      problems.push_back(whole.AtValue("/" + key, "'" + key + "' must be a map"));
    }
  }

  void JoinPart(Document& part) {
    const std::string edition = PartOf(part.yaml.root);
    const std::size_t before = problems.size();
    CheckPart(part.yaml, problems);
    for (Document& whole : documents_) {
      if (whole.vendor != part.vendor) continue;
      if (whole.yaml.root.Get("x-mockduit").Get("edition").AsString() != edition) continue;
      SpreadDefaults(part.yaml.root, whole.yaml.root.Get("x-mockduit"));
      CheckMaps(whole.yaml);
      Note(whole.yaml.Merge(part.yaml));
      joined_.emplace_back(&part, &whole);
      if (problems.size() > before) whole.all_is_here = false;
      return;
    }
    // A file that cannot be read may be the whole.
    if (unreadable_.contains(part.vendor)) return;
    std::vector<std::string> editions;
    for (const Document& whole : documents_) {
      if (whole.vendor != part.vendor) continue;
      editions.emplace_back(whole.yaml.root.Get("x-mockduit").Get("edition").AsString());
    }
    problems.push_back(part.yaml.AtValue(
        "/x-mockduit/part_of",
        part.vendor + " has no edition '" + edition + "'" + DidYouMean(edition, editions)));
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

  void TakeContract(Vendor& vendor, const Document& of_vendor) {
    const YamlDocument& document = of_vendor.yaml;
    for (const auto& [part, whole] : joined_) {
      if (&whole->yaml == &document) CheckAnswersOfPart(part->yaml, document.root, problems);
    }
    auto contract =
        ReadContract(document, {kinds_[vendor.name], behaviours_,
                                of_vendor.all_is_here && !unreadable_.contains(vendor.name)});
    if (!contract) {
      unread_.insert(vendor.name);
      return Note(contract.error());
    }
    if ((*contract)->vendor != vendor.name) {
      problems.push_back(document.AtValue("/x-mockduit/vendor",
                                          "the contract says '" + (*contract)->vendor +
                                              "' but stands in the folder '" + vendor.name + "'"));
    }
    vendor.editions.push_back(std::move(*contract));
  }

  // Of two files of a vendor, no two are one edition, and one at most is the default.
  void CheckEditions() {
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      const Json& block = documents_[i].yaml.root.Get("x-mockduit");
      for (std::size_t j = 0; j < i; ++j) {
        const Json& other = documents_[j].yaml.root.Get("x-mockduit");
        if (documents_[j].vendor != documents_[i].vendor) continue;
        if (block.Get("edition").IsString() && block.Get("edition") == other.Get("edition")) {
          problems.push_back(documents_[i].yaml.AtValue(
              "/x-mockduit/edition", documents_[j].yaml.file + " is the edition '" +
                                         std::string(block.Get("edition").AsString()) + "', too"));
        }
        if (block.Get("default").AsBool() && other.Get("default").AsBool()) {
          problems.push_back(documents_[i].yaml.AtValue(
              "/x-mockduit/default", documents_[j].yaml.file + " is the default edition, too"));
        }
      }
    }
  }

  // By file, in the order in which they came, and by place.
  void SortProblems() {
    std::ranges::stable_sort(problems, {}, [&](const Problem& problem) {
      const auto file = std::ranges::find(order_, problem.file);
      return std::tuple(file - order_.begin(), problem.line, problem.column);
    });
  }

  const std::vector<std::string>* behaviours_;  // that contracts may name; nullptr: any
  std::vector<std::string> order_;              // of the files
  std::vector<Document> documents_;
  std::vector<Document> parts_;
  std::vector<Document> beside_;                                     // keys.yaml
  std::vector<std::pair<const Document*, const Document*>> joined_;  // parts and their wholes
  std::map<std::string, Kinds, std::less<>> kinds_;  // by vendor: all that its files store
  std::set<std::string, std::less<>> unreadable_;    // folders with a file that may be a whole
  std::set<std::string, std::less<>> unread_;        // vendors with a contract that is wrong
};

}  // namespace

Read<Catalog> Catalog::Load(const std::vector<TextFile>& files,
                            const std::vector<std::string>* behaviours) {
  Loader loader(behaviours);
  for (const TextFile& file : files) loader.Take(file);
  loader.Finish();
  if (!loader.problems.empty()) return std::unexpected(Bounded(std::move(loader.problems)));
  std::ranges::sort(loader.vendors, {}, &Vendor::name);
  return Catalog(std::move(loader.vendors), false);
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
    const std::string_view vendor = FolderOf(file.path);
    if (vendors.empty() || vendors.back().name != vendor) {
      open_editions();
      vendors.push_back({std::string(vendor), {}, {}, {}});
    }
    if (!file.edition.empty()) {
      auto& of_edition = editions[file.edition];
      of_edition.insert(file.is_part ? of_edition.end() : of_edition.begin(), file);
    } else if (StemOf(file.path) == "keys") {
      std::vector<Problem> none;
      vendors.back().keys = ReadKeys(DocumentIn(file), none);
    } else {
      vendors.back().AddData(StemOf(file.path), [file] { return DocumentIn(file); });
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
