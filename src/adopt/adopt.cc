#include "adopt/adopt.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "adopt/names.h"
#include "adopt/overlay.h"
#include "adopt/vendor_block.h"
#include "base/cut_document.h"
#include "base/file.h"
#include "contract/read/openapi.h"
#include "contract/read/vendor_files.h"

namespace mockduit {
namespace {

Problem Mistake(const std::string& text, std::string message) {
  return {"--contract " + text, 0, 0, std::move(message), {}, {}};
}

// Keys whose beginning says that they are refused, as with the vendors inside the binary.
Keys KeysOfAny() {
  Keys keys;
  keys.refused = {{"invalid", "unknown_credential"}, {"forbidden", "no_permission"}};
  return keys;
}

// What ReadOpenApi reads. The file that cannot be opened is told with the option.
Read<OneDocument> ReadAt(const std::string& path, const Files& files) {
  auto document = ReadOpenApi(path, files);
  if (document) return document;
  for (Problem& problem : document.error()) {
    if (problem.file.empty()) problem.file = "--contract";
  }
  return document;
}

// The documents that a path names. Files beside a document that are none are what it may refer to.
Read<std::vector<OneDocument>> DocumentsAt(const std::string& text, const std::string& path,
                                           const Files& files) {
  std::vector<std::string> paths = {path};
  const bool is_folder = IsDirectory(path, files);
  if (is_folder) {
    auto all = ReadFiles(path, files);
    if (!all) return std::unexpected(std::vector{Mistake(text, all.error().message)});
    paths.clear();
    for (const TextFile& file : *all) {
      if (FolderOf(file.path) != path) continue;
      const auto read = ReadCutDocument(file);
      if (read && read->document.root.Find("openapi") != nullptr) paths.push_back(file.path);
    }
    if (paths.empty()) {
      return std::unexpected(
          std::vector{Mistake(text, "no file in " + path + " has 'openapi', as a document does")});
    }
  }
  std::vector<OneDocument> documents;
  std::vector<Problem> problems;
  for (const std::string& one : paths) {
    auto document = ReadAt(one, files);
    auto overlay = ReadOverlay(one, files);
    if (!overlay) {
      std::ranges::move(overlay.error(), std::back_inserter(problems));
    } else if (document && *overlay) {
      std::ranges::move(MistakesOf(**overlay, document->yaml.root), std::back_inserter(problems));
      document->overlay = std::move(*overlay);
    }
    if (document) {
      documents.push_back(std::move(*document));
    } else {
      std::ranges::move(document.error(), std::back_inserter(problems));
    }
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return documents;
}

// "nango=spec.yaml" taken apart; without a name where none is given.
struct NamedPath {
  std::optional<std::string> name;
  std::string path;
};
NamedPath Split(const std::string& text, const Files& files) {
  const std::size_t equals = text.find('=');
  NamedPath split{std::nullopt, text};
  if (equals != std::string::npos && !FileExists(text, files)) {
    split = {text.substr(0, equals), text.substr(equals + 1)};
  }
  while (split.path.size() > 1 && split.path.ends_with('/')) split.path.pop_back();
  return split;
}

class Adopter {
 public:
  explicit Adopter(const Files& files) : files_(files) {}

  Adopted adopted;
  std::vector<Problem> problems;

  void Take(const std::string& text) {
    const auto [given, path] = Split(text, files_);
    if (const std::string why = given ? WhyNoVendorName(*given) : ""; !why.empty()) {
      problems.push_back(Mistake(text, why));
      return;
    }
    std::string name = given.value_or("");
    auto documents = DocumentsAt(text, path, files_);
    if (!documents) {
      std::ranges::move(documents.error(), std::back_inserter(problems));
      return;
    }
    for (OneDocument& document : *documents) {
      if (name.empty()) {
        name = VendorNameOf(document.yaml.root.Get("info").Get("title").AsString());
        adopted.titled.emplace_back(text, name);
      }
      if (name.empty()) {
        problems.push_back(
            Mistake(text, "info.title makes no name for the vendor; write it as NAME=" + path));
        return;
      }
      Add(text, name, std::move(document));
    }
  }

 private:
  void Add(const std::string& text, const std::string& name, OneDocument document) {
    auto vendor = std::ranges::find(adopted.vendors, name, &Vendor::name);
    const bool is_first = vendor == adopted.vendors.end();
    if (!is_first && vendor->FindEdition(EditionOf(document.yaml.root)) != nullptr) {
      problems.push_back(
          Mistake(text, name + " has the edition '" + EditionOf(document.yaml.root) + "' already"));
      return;
    }
    adopted.files.push_back(document.yaml.file);
    std::ranges::copy(document.others, std::back_inserter(adopted.files));
    auto edition = std::make_shared<const AdoptedEdition>(std::move(document), name, is_first);
    if (is_first) {
      adopted.vendors.push_back({name, {}, KeysOfAny(), {}});
      vendor = std::prev(adopted.vendors.end());
    }
    vendor->editions.push_back(OpenContract(edition));
    if (edition->overlay() != nullptr) TakeOverlay(*edition, *vendor);
    adopted.editions.push_back(std::move(edition));
  }

  // What people have written is read at once, so that their mistakes are told.
  void TakeOverlay(const AdoptedEdition& edition, Vendor& vendor) {
    const YamlDocument& overlay = *edition.overlay();
    adopted.files.push_back(overlay.file);
    const Contract& contract = *vendor.editions.back();
    for (const std::string& id : edition.Overlaid()) contract.FindOperation(id)->details.Get();
    for (Problem& problem : edition.notes()) {
      if (problem.file == overlay.file) problems.push_back(std::move(problem));
    }
    if (overlay.root.Find("keys") != nullptr) {
      vendor.keys = ReadKeys(PartOf(overlay, "keys"), problems);
    }
    if (overlay.root.Find("seed") != nullptr) {
      YamlDocument document = PartOf(overlay, "seed");
      CheckSeed(document, vendor, problems);
      vendor.AddData("seed", std::move(document));
    }
  }

  // A member of the overlay as a document of its own.
  static YamlDocument PartOf(const YamlDocument& overlay, std::string_view key) {
    YamlDocument document;
    document.file = overlay.file;
    document.root = overlay.root.Get(key);
    document.placed_by = &overlay;
    document.below = "/" + std::string(key);
    return document;
  }

  const Files& files_;
};

}  // namespace

bool NamesVendor(const std::string& text, const Files& files) {
  return Split(text, files).name.has_value();
}

std::vector<std::string> PathsOf(const std::vector<std::string>& texts, const Files& files) {
  std::vector<std::string> paths;
  for (const std::string& text : texts) paths.push_back(Split(text, files).path);
  return paths;
}

std::vector<Problem> AllNotes(const Adopted& adopted) {
  for (const Vendor& vendor : adopted.vendors) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) operation->details.TryOut();
      contract->shared.TryOut();
    }
  }
  std::vector<Problem> notes;
  for (const auto& edition : adopted.editions) {
    edition->LookThrough();
    std::vector<Problem> own = edition->notes();
    std::ranges::stable_sort(own, {},
                             [](const Problem& note) { return std::pair(note.line, note.column); });
    std::ranges::move(own, std::back_inserter(notes));
  }
  return Bounded(std::move(notes));
}

Read<Adopted> Adopt(const std::vector<std::string>& texts, const Files& files) {
  Adopter adopter(files);
  for (const std::string& text : texts) adopter.Take(text);
  if (!adopter.problems.empty()) return std::unexpected(Bounded(std::move(adopter.problems)));
  return std::move(adopter.adopted);
}

}  // namespace mockduit
