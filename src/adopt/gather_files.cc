#include "adopt/gather_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/cut_document.h"
#include "base/file.h"
#include "base/node.h"
#include "base/percent.h"
#include "base/references.h"
#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr std::string_view kFiles = "/components/files/";
constexpr std::string_view kExample = "examples/…";  // the key of one of several
constexpr std::size_t kMaxFiles = 2'000;

std::vector<Problem> OneProblem(const std::string& path, std::string message) {
  return {Problem{path, 0, 0, std::move(message), {}, {}}};
}

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
    Rewrite(result_.yaml.root, "", "", "");
    // Each file may want more.
    while (taken_up_ < wanted_.size()) TakeIn(std::string(wanted_[taken_up_++]));
    for (auto& [name_of, root] : taken_) {
      result_.yaml.root.SetAt(std::string(kFiles) + PointerToken(name_of), std::move(root));
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

  // Makes every reference of a value lead into the one document. `file` is where the value stands,
  // "" for the document itself.
  void Rewrite(Json& json, const std::string& pointer, const std::string& file,
               std::string_view key) {
    if (Json::Array* items = json.IfArray()) {
      if (key == "examples") return;
      for (std::size_t i = 0; i < items->size(); ++i) {
        Rewrite((*items)[i], pointer + "/" + std::to_string(i), file, "");
      }
      return;
    }
    Json::Object* members = json.IfObject();
    // What examples hold is no reference.
    if (members == nullptr || key == "example" || key == "default") return;
    const bool is_example = key == kExample;
    for (JsonMember& member : *members) {
      const std::string below = pointer + "/" + PointerToken(member.key);
      const bool is_reference = member.key == "$ref" && member.value.IsString();
      if (is_reference) {
        if (auto there = Target(std::string(member.value.AsString()), below, file)) {
          member.value = *std::move(there);
        }
      } else if (!is_example || member.key != "value") {
        Rewrite(member.value, below, file, KeyBelow(key, member.key));
      }
    }
  }

  // What a member is called for what it may hold: names that documents choose are no keywords.
  static std::string_view KeyBelow(std::string_view key, std::string_view member) {
    static constexpr std::array<std::string_view, 6> kNames = {
        "properties", "patternProperties", "$defs", "dependentSchemas", "schemas", "responses"};
    if (key == "examples") return kExample;
    return std::ranges::find(kNames, key) != kNames.end() ? "" : member;
  }

  // "user.yaml#/User" as "#/components/files/user.yaml/User"; nothing where it stays as it is.
  std::optional<std::string> Target(const std::string& reference, const std::string& pointer,
                                    const std::string& file) {
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    const std::string fragment = reference.substr(std::min(hash + 1, reference.size()));
    if (hash == 0) {
      if (file.empty()) return std::nullopt;
      return ReferenceTo(file, fragment);
    }
    const std::string target = PercentDecode(reference.substr(0, hash));
    if (target.contains("://") || target.starts_with("//") || target.starts_with("urn:")) {
      Note(pointer, "$ref '" + reference + "' leads to the network, where nothing is read from");
      return std::nullopt;
    }
    const std::size_t slash = file.rfind('/');
    const std::string base = slash != std::string::npos ? file.substr(0, slash + 1) : "";
    const auto inside = target.starts_with('/') ? std::nullopt : WithoutDots(base + target);
    if (!inside || inside->empty()) {
      Note(pointer, "$ref '" + reference + "' leads out of the document's folder");
      return std::nullopt;
    }
    if (*inside == path_.substr(path_.rfind('/') + 1)) return "#" + fragment;
    if (known_.insert(*inside).second) {
      wanted_.push_back(*inside);
      asked_at_[*inside] = pointer;
    }
    return ReferenceTo(*inside, fragment);
  }

  // A '%' in the name of a file is none of an escape.
  static std::string ReferenceTo(const std::string& file, const std::string& fragment) {
    std::string token = PointerToken(file);
    for (std::size_t at = token.find('%'); at != std::string::npos; at = token.find('%', at + 1)) {
      token.replace(at, 1, "%25");
    }
    return "#" + std::string(kFiles) + token + fragment;
  }

  void TakeIn(const std::string& name) {
    const std::string& pointer = asked_at_[name];
    if (taken_.size() >= kMaxFiles) {
      return Note(pointer, "a document has at most " + std::to_string(kMaxFiles) + " files");
    }
    const std::string path = folder_ == "." ? name : folder_ + "/" + name;
    // A link may lead out of the folder.
    const auto real = files_.Resolve(path);
    const auto home = files_.Resolve(folder_);
    if (real && home && !real->starts_with(*home + "/")) {
      return Note(pointer, "'" + name + "' is a link that leads out of the document's folder");
    }
    auto file = ReadFile(path, files_);
    if (!file) return Note(pointer, file.error().message);
    if (auto refused = Count(*file)) return Note(pointer, refused->front().message);
    auto read = ReadCutDocument(*file);
    if (!read) {
      result_.notes.push_back(read.error().front());
      return;
    }
    std::ranges::move(read->cut, std::back_inserter(result_.notes));
    result_.others.push_back(path);
    Json& root = read->document.root;
    Rewrite(root, std::string(kFiles) + PointerToken(name), name, "");
    taken_[name] = std::move(root);
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
};

}  // namespace

Read<OneDocument> ReadOpenApi(const std::string& path, const Files& files) {
  return Gatherer(path, files).Run();
}

}  // namespace mockduit
