#include "app/lint_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

#include "base/cut_document.h"
#include "base/suggest.h"

namespace mockduit {
namespace {

constexpr const char* kNothingKnown =
    "nothing at its root says what it is: an OpenAPI document has the key 'openapi', a scenario "
    "'rules', a list of known failures 'known'";

enum class FileKind { kContract, kDocument, kScenario, kKnown, kUnknown, kStrange, kUnreadable };

const std::vector<std::string>& KeysOfScenarios() {
  static const std::vector<std::string> kKeys = {"scenario", "description", "rules",
                                                 "limits",   "lifecycle",   "pages"};
  return kKeys;
}

// A map without a key that is one of scenarios, misspelt or not.
bool IsStrange(const Json& root) {
  const Json::Object* members = root.IfObject();
  return members != nullptr && !members->empty() &&
         std::ranges::none_of(*members, [](const JsonMember& member) {
           return !DidYouMean(member.key, KeysOfScenarios()).empty();
         });
}

// By the keys at its root.
FileKind KindOf(const TextFile& file) {
  static constexpr std::array<std::string_view, 3> kOfDocuments = {"openapi", "swagger", "paths"};
  const auto read = ReadCutDocument(file);
  if (!read) return FileKind::kUnreadable;
  const auto has = [&](std::string_view key) { return read->document.root.Find(key) != nullptr; };
  if (has("x-mockduit")) return FileKind::kContract;
  if (std::ranges::any_of(kOfDocuments, has)) return FileKind::kDocument;
  if (std::ranges::any_of(KeysOfScenarios(), has)) return FileKind::kScenario;
  if (has("known")) return FileKind::kKnown;
  return IsStrange(read->document.root) ? FileKind::kStrange : FileKind::kUnknown;
}

// It needs no files beside it.
bool IsOfItsOwn(FileKind kind) {
  return kind == FileKind::kScenario || kind == FileKind::kKnown || kind == FileKind::kDocument;
}

bool IsNamedAsOfContract(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem == "keys" || stem == "seed";
}

// The documents of one folder, not of those below.
std::vector<TextFile> FilesIn(const std::string& folder) {
  std::vector<TextFile> files = ReadFiles(folder).value_or(std::vector<TextFile>());
  std::erase_if(files, [&](const TextFile& file) { return FolderOf(file.path) != folder; });
  return files;
}

// By path, each once: what the paths name.
using FilesByPath = std::map<std::string, TextFile>;

Result<void> Gather(const std::string& path, FilesByPath& files, LintFiles& found) {
  if (!IsDirectory(path)) {
    auto file = ReadFile(path);
    if (!file) return std::unexpected(file.error());
    files.try_emplace(path, std::move(*file));
    return {};
  }
  auto below = ReadFiles(path);
  if (!below) return std::unexpected(below.error());
  std::ranges::move(FindLookAlikes(path), std::back_inserter(found.not_read));
  if (below->empty()) return Fail("there is no .yaml, .yml or .json file in " + path);
  for (TextFile& file : *below) files.try_emplace(file.path, std::move(file));
  return {};
}

// Adds what belongs to the contracts of a folder. False, and nothing added, when it has none.
bool AddVendor(const std::string& folder, FilesByPath& files,
               std::map<std::string, FileKind>& kinds) {
  std::vector<TextFile> all = FilesIn(folder);
  const auto is = [](FileKind kind) {
    return [kind](const TextFile& file) { return KindOf(file) == kind; };
  };
  if (std::ranges::none_of(all, is(FileKind::kContract))) return false;
  std::erase_if(all, is(FileKind::kScenario));
  std::erase_if(all, is(FileKind::kKnown));
  std::erase_if(all, is(FileKind::kDocument));
  for (TextFile& file : all) {
    if (file.path.starts_with("./") && !files.contains(file.path)) file.path.erase(0, 2);
    kinds.try_emplace(file.path, FileKind::kUnknown);
    files.try_emplace(file.path, file);
  }
  return true;
}

}  // namespace

Result<LintFiles> FindLintFiles(const std::vector<std::string>& paths) {
  LintFiles found;
  FilesByPath files;
  for (const std::string& path : paths) {
    if (const auto gathered = Gather(path, files, found); !gathered) {
      return std::unexpected(gathered.error());
    }
  }
  std::map<std::string, FileKind> kinds;
  std::set<std::string> folders;
  for (const auto& [path, file] : files) {
    kinds[path] = KindOf(file);
    // What cannot be read is told by itself, unless its name says that it is of a contract.
    const bool is_lost = kinds[path] == FileKind::kUnreadable && !IsNamedAsOfContract(path);
    if (!IsOfItsOwn(kinds[path]) && !is_lost) folders.insert(FolderOf(path));
  }
  std::set<std::string> of_vendors;
  for (const std::string& folder : folders) {
    if (AddVendor(folder, files, kinds)) of_vendors.insert(folder);
  }
  for (auto& [path, file] : files) {
    const FileKind kind = kinds[path];
    if (kind == FileKind::kDocument) {
      found.documents.push_back(path);
      continue;
    }
    const bool of_vendor = !IsOfItsOwn(kind) && of_vendors.contains(FolderOf(path));
    if (kind == FileKind::kStrange && !of_vendor) {
      found.strange.push_back({path, 0, 0, kNothingKnown, {}, {}});
      continue;
    }
    (of_vendor                  ? found.contracts
     : kind == FileKind::kKnown ? found.known
                                : found.scenarios)
        .push_back(std::move(file));
  }
  return found;
}

}  // namespace mockduit
