#include "contract/read/vendors.h"

#include <algorithm>
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

namespace mockduit {
namespace {

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
      unreadable_.insert(std::string(VendorOfFile(file.path)));
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
    } else if (NameOfFile(file.path) == "keys") {
      vendor.keys = ReadKeys(*document, problems);
      beside_.push_back({vendor.name, std::move(*document)});
    } else {
      const std::string advice = NearlyNamed(NameOfFile(file.path));
      if (!advice.empty()) {
        problems.push_back(root.Wrong("nothing reads a file of this name" + advice));
      }
      vendor.AddData(NameOfFile(file.path), std::move(*document));
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
    const std::string_view name = VendorOfFile(path);
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

std::string_view VendorOfFile(std::string_view path) {
  path = path.substr(0, path.rfind('/'));
  return path.substr(path.rfind('/') + 1);
}

std::string_view NameOfFile(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

Read<std::vector<Vendor>> ReadVendors(const std::vector<TextFile>& files,
                                      const std::vector<std::string>* behaviours) {
  Loader loader(behaviours);
  for (const TextFile& file : files) loader.Take(file);
  loader.Finish();
  if (!loader.problems.empty()) return std::unexpected(Bounded(std::move(loader.problems)));
  std::ranges::sort(loader.vendors, {}, &Vendor::name);
  return std::move(loader.vendors);
}

}  // namespace mockduit
