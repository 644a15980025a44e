#include "adopt/gather_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <utility>

#include "adopt/addresses.h"
#include "base/cut_document.h"
#include "base/file.h"
#include "base/node.h"
#include "base/percent.h"
#include "base/references.h"
#include "base/text.h"
#include "base/utf8.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

constexpr std::string_view kFiles = "/components/files/";
constexpr std::string_view kExample = "examples/…";  // the key of one of several
constexpr std::size_t kMaxFiles = 2'000;

std::vector<Problem> OneProblem(const std::string& path, std::string message) {
  return {Problem{path, 0, 0, std::move(message), {}, {}}};
}

// In the one document.
std::string PointerTo(const std::string& file) { return std::string(kFiles) + PointerToken(file); }

// "a/./b/../c" as "a/c"; nothing where it climbs out of its beginning.
std::optional<std::string> WithoutDots(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::string_view part = TakeUntil(path, "/");
    if (part == "..") {
      if (parts.empty()) return std::nullopt;
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  return Join(parts, "/");
}

// Why this is no OpenAPI 3 document, with what can be done; nothing where it is one.
std::optional<Problem> WhyNotOpenApi(const YamlDocument& document) {
  const Node root(document);
  if (!document.root.IsObject()) return root.Wrong("this is no OpenAPI document");
  if (root["swagger"]) {
    return root["swagger"].WrongKey(
        "this is OpenAPI 2.0 (Swagger), which is not read; convert it first: npx swagger2openapi " +
        document.file + " -o openapi.yaml");
  }
  if (!root["openapi"]) {
    return root.Wrong("this is no OpenAPI document: it has no 'openapi', as in 'openapi: 3.1.0'");
  }
  // A version that is written without quotes is a number.
  const std::string version =
      root["openapi"].IsText() ? root["openapi"].Text() : root["openapi"].json().Dump();
  if (!version.starts_with("3.0") && !version.starts_with("3.1")) {
    return root["openapi"].Wrong("OpenAPI " + version + " is not read; 3.0 and 3.1 are");
  }
  if (root["x-mockduit"]["vendor"]) {
    return root["x-mockduit"].WrongKey(
        "this is a contract of Mockduit's own, which --fixtures reads with its folder");
  }
  return std::nullopt;
}

class Gatherer {
 public:
  Gatherer(std::string path, const Files& files)
      : folder_(FolderOf(path)), path_(std::move(path)), files_(files) {}

  Read<OneDocument> Run() {
    auto file = ReadFile(path_, files_);
    // Which names the file.
    if (!file) return std::unexpected(OneProblem("", file.error().message));
    if (auto refused = Count(*file)) return std::unexpected(std::move(*refused));
    auto read = ReadCutDocument(*file);
    if (!read) return std::unexpected(std::move(read.error()));
    if (auto why = WhyNotOpenApi(read->document)) {
      return std::unexpected(std::vector{std::move(*why)});
    }
    result_.yaml = std::move(read->document);
    result_.notes = std::move(read->cut);
    keeps_ids_ = file->text.contains("$dynamicRef") || file->text.contains("$recursiveRef");
    const Addresses::Resource& whole = addresses_.Add(result_.yaml.root, "");
    files_at_[""] = &whole;
    Rewrite(result_.yaml.root, "", "", "", whole);
    Settle();
    for (auto& [name_of, root] : taken_) {
      result_.yaml.root.SetAt(PointerTo(name_of), std::move(root));
    }
    return std::move(result_);
  }

 private:
  std::optional<std::vector<Problem>> Count(const TextFile& file) {
    bytes_ += file.text.size();
    if (bytes_ <= kMaxOpenApiBytes) return std::nullopt;
    return OneProblem(file.path, "an OpenAPI document has at most " +
                                     std::to_string(kMaxOpenApiBytes / (1024 * 1024)) +
                                     " MiB in all");
  }

  void Note(const std::string& pointer, std::string message) {
    result_.notes.push_back(result_.yaml.AtValue(pointer, std::move(message)));
  }

  // A reference that is not settled yet.
  struct Waiting {
    Json* reference;
    std::string pointer;
    std::string file;
    const Addresses::Resource* from;
  };

  // Makes every reference of a value lead into the one document. `file` is where the value stands,
  // "" for the document itself; `from` is what its references count from.
  void Rewrite(Json& json, const std::string& pointer, const std::string& file,
               std::string_view key, const Addresses::Resource& from) {
    if (Json::Array* items = json.IfArray()) {
      if (key == "examples") return;
      for (std::size_t i = 0; i < items->size(); ++i) {
        Rewrite((*items)[i], pointer + "/" + std::to_string(i), file, "", from);
      }
      return;
    }
    Json::Object* members = json.IfObject();
    // What examples hold is no reference.
    if (members == nullptr || key == "example" || key == "default") return;
    const bool is_example = key == kExample;
    if (is_example) TakeExample(json, pointer, file);
    const bool is_named = HoldsNames(key);
    const Addresses::Resource& own = is_named ? from : *Entered(json, pointer, file, &from);
    for (JsonMember& member : *members) {
      const std::string below = pointer + "/" + PointerToken(member.key);
      if (member.key == "$ref" && member.value.IsString()) {
        Wait(member.value, below, file, own);
      } else if (key == "discriminator" && member.key == "mapping") {
        RewriteMapping(member.value, below, file, own);
      } else if (!is_example || member.key != "value") {
        Rewrite(member.value, below, file, KeyBelow(key, member.key), own);
      }
    }
  }

  // Most references are good as they are.
  void Wait(Json& reference, const std::string& pointer, const std::string& file,
            const Addresses::Resource& from) {
    if (reference.AsString().starts_with('#') && from.pointer.empty()) return;
    waiting_.push_back({&reference, pointer, file, &from});
  }

  const Addresses::Resource* Entered(Json& json, const std::string& pointer,
                                     const std::string& file, const Addresses::Resource* from) {
    if (pointer == from->pointer) return from;  // a whole file was entered already
    const Addresses::Resource* own = &addresses_.Enter(json, pointer, *from);
    const bool is_kept = keeps_ids_ && file.empty();
    if (own != from && !is_kept) with_ids_.push_back(&json);
    return is_kept ? from : own;
  }

  // Files may bring more references, and these more files. What may have an address or an anchor in
  // one waits until all are there.
  void Settle() {
    std::vector<Waiting> late;
    while (true) {
      if (taken_up_ < wanted_.size()) {
        TakeIn(std::string(wanted_[taken_up_++]));
      } else if (settled_ < waiting_.size()) {
        Waiting one = waiting_[settled_++];
        if (!SettleOne(one, false)) late.push_back(std::move(one));
      } else if (!late.empty()) {
        for (Waiting& last : std::exchange(late, {})) SettleOne(last, true);
      } else {
        break;
      }
    }
    for (Json* object : std::views::reverse(with_ids_)) object->Remove("$id");
  }

  // False where it may lead somewhere once all files are there, which `is_last` says.
  bool SettleOne(Waiting& one, bool is_last) {
    const std::string reference(one.reference->AsString());
    const bool is_inner = reference.starts_with('#');
    auto there = addresses_.Find(reference, *one.from);
    if (there) {
      const bool is_kept = keeps_ids_ && one.file.empty();
      const bool is_lost = one.file.empty() && is_inner &&
                           result_.yaml.root.At(PointerOfReference(*there)) == nullptr;
      if (!is_kept && !is_lost) *one.reference = *std::move(there);
      return true;
    }
    if (is_inner || IsOfNetwork(reference)) {
      if (!is_last) return false;
      Note(one.pointer,
           is_inner ? "$ref '" + reference + "' leads nowhere; no '$anchor' is called so"
                    : "$ref '" + reference + "' leads to the network, where nothing is read from");
      return true;
    }
    const auto target = Target(reference, one.pointer, one.file);
    if (!target) return true;
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    const std::string fragment = reference.substr(std::min(hash + 1, reference.size()));
    if (fragment.empty() || fragment.starts_with('/')) {
      *one.reference = ReferenceToPointer(*target) + fragment;
      return true;
    }
    const auto resource = files_at_.find(*target);
    if (resource == files_at_.end()) return is_last;
    if (auto anchor = addresses_.Find("#" + fragment, *resource->second)) {
      *one.reference = *std::move(anchor);
    } else {
      Note(one.pointer, "$ref '" + reference + "' leads nowhere; no '$anchor' there is called '" +
                            fragment + "'");
    }
    return true;
  }

  // What a discriminator's names stand for are references, or names of schemas.
  void RewriteMapping(Json& mapping, const std::string& pointer, const std::string& file,
                      const Addresses::Resource& from) {
    if (!mapping.IsObject()) return;
    for (JsonMember& member : *mapping.IfObject()) {
      if (!IsReference(member.value.AsString())) continue;
      Wait(member.value, pointer + "/" + PointerToken(member.key), file, from);
    }
  }

  static bool IsReference(std::string_view target) {
    return target.find_first_of("/#") != std::string_view::npos || target.ends_with(".yaml") ||
           target.ends_with(".yml") || target.ends_with(".json");
  }

  static bool HoldsNames(std::string_view key) {
    static constexpr std::array<std::string_view, 6> kNames = {
        "properties", "patternProperties", "$defs", "dependentSchemas", "schemas", "responses"};
    return std::ranges::find(kNames, key) != kNames.end();
  }

  // What a member is called for what it may hold: names that documents choose are no keywords.
  static std::string_view KeyBelow(std::string_view key, std::string_view member) {
    if (key == "examples") return kExample;
    return HoldsNames(key) ? "" : member;
  }

  static bool IsOfNetwork(std::string_view reference) {
    return reference.contains("://") || reference.starts_with("//") ||
           reference.starts_with("urn:");
  }

  // A file below the folder, as a file names it; nothing where it is not below.
  static std::optional<std::string> NameOf(std::string_view target, const std::string& file) {
    const std::size_t slash = file.rfind('/');
    const std::string base = slash != std::string::npos ? file.substr(0, slash + 1) : "";
    auto inside = target.starts_with('/') ? std::nullopt : WithoutDots(base + std::string(target));
    return inside && !inside->empty() ? inside : std::nullopt;
  }

  // The pointer to the file that a reference leads to, which is taken in later, or "" of the
  // document itself. Nothing where that is no file of the folder.
  std::optional<std::string> Target(const std::string& reference, const std::string& pointer,
                                    const std::string& file) {
    const auto inside = NameOf(PercentDecode(reference.substr(0, reference.find('#'))), file);
    if (!inside) {
      Note(pointer, "$ref '" + reference + "' leads out of the document's folder");
      return std::nullopt;
    }
    if (*inside == path_.substr(path_.rfind('/') + 1)) return "";
    if (known_.insert(*inside).second) {
      wanted_.push_back(*inside);
      asked_at_[*inside] = pointer;
    }
    return PointerTo(*inside);
  }

  // The text of a file below the folder.
  std::optional<TextFile> Open(const std::string& name, const std::string& pointer) {
    const std::string path = folder_ == "." ? name : folder_ + "/" + name;
    // A link may lead out of the folder.
    const auto real = files_.Resolve(path);
    const auto home = files_.Resolve(folder_);
    if (real && home && !real->starts_with(*home + "/")) {
      Note(pointer, "'" + name + "' is a link that leads out of the document's folder");
      return std::nullopt;
    }
    auto file = ReadFile(path, files_);
    if (!file) {
      Note(pointer, file.error().message);
      return std::nullopt;
    }
    if (auto refused = Count(*file)) {
      Note(pointer, refused->front().message);
      return std::nullopt;
    }
    return *std::move(file);
  }

  // An example that stands in a file of its own has it as its value from here on.
  void TakeExample(Json& example, const std::string& pointer, const std::string& file) {
    const Json* place = example.Find("externalValue");
    if (place == nullptr || !place->IsString() || example.Find("value") != nullptr) return;
    const std::string there(place->AsString());
    const std::string below = pointer + "/externalValue";
    if (IsOfNetwork(there)) {
      return Note(below,
                  "the example at '" + there + "' is not read, nor is anything of the network");
    }
    const auto name = NameOf(PercentDecode(there), file);
    if (!name) return Note(below, "'" + there + "' leads out of the document's folder");
    auto text = Open(*name, below);
    if (!text) return;
    result_.others.push_back(text->path);
    if (FirstNotUtf8(text->text)) return Note(below, "'" + there + "' is no text in UTF-8");
    const std::string type = TypeAt(pointer);
    const bool is_json =
        type.empty() ? name->ends_with(".json") : KindOfType(type) == BodyKind::kJson;
    auto read = is_json ? ReadCutDocument(*text) : Read<CutDocument>(std::unexpect);
    if (is_json && !read) Note(below, "'" + there + "' is no JSON; it is taken as a text");
    example.Set("value", read ? std::move(read->document.root) : Json(std::move(text->text)));
  }

  // The media type of an example; "" where it stands in none.
  static std::string TypeAt(std::string_view pointer) {
    const std::size_t content = pointer.rfind("/content/");
    if (content == std::string_view::npos) return "";
    pointer.remove_prefix(content + 9);
    std::string type(TakeUntil(pointer, "/"));
    for (std::size_t at = type.find("~1"); at != std::string::npos; at = type.find("~1")) {
      type.replace(at, 2, "/");
    }
    return type;
  }

  void TakeIn(const std::string& name) {
    const std::string& asked_at = asked_at_[name];
    if (taken_.size() >= kMaxFiles) {
      return Note(asked_at, "a document has at most " + std::to_string(kMaxFiles) + " files");
    }
    auto file = Open(name, asked_at);
    if (!file) return;
    auto read = ReadCutDocument(*file);
    if (!read) {
      result_.notes.push_back(read.error().front());
      return;
    }
    std::ranges::move(read->cut, std::back_inserter(result_.notes));
    result_.others.push_back(file->path);
    const std::string pointer = PointerTo(name);
    Json& root = taken_[name] = std::move(read->document.root);
    const Addresses::Resource& resource = addresses_.Add(root, pointer);
    files_at_[pointer] = &resource;
    if (root.Find("$id") != nullptr) with_ids_.push_back(&root);
    Rewrite(root, pointer, name, "", resource);
  }

  std::string folder_;
  std::string path_;
  const Files& files_;
  std::size_t bytes_ = 0;
  OneDocument result_;
  std::vector<std::string> wanted_;  // files, by their paths below the folder
  std::size_t taken_up_ = 0;         // of those
  std::set<std::string> known_;      // the same
  std::map<std::string, std::string> asked_at_;
  std::map<std::string, Json> taken_;
  Addresses addresses_;
  std::map<std::string, const Addresses::Resource*> files_at_;  // by pointer
  std::vector<Waiting> waiting_;
  std::size_t settled_ = 0;  // of those
  bool keeps_ids_ = false;   // of the document itself, which has references that need them
  std::vector<Json*> with_ids_;
};

}  // namespace

Read<OneDocument> ReadOpenApi(const std::string& path, const Files& files) {
  return Gatherer(path, files).Run();
}

}  // namespace mockduit
