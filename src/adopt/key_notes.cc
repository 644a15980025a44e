#include "adopt/key_notes.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "adopt/path_item.h"
#include "base/suggest.h"
#include "base/text.h"
#include "contract/read/blocks.h"
#include "contract/read/parts.h"

namespace mockduit {
namespace {

// Why no value of that kind can stand there; "" where one can. What is null is as if it were not
// there, and many write numbers for texts.
std::string_view WhyNot(const Json& value, Takes takes) {
  if (value.IsNull()) return "";
  const bool is_scalar = !value.IsObject() && !value.IsArray();
  switch (takes) {
    case Takes::kMap: return value.IsObject() ? "" : "a map";
    case Takes::kList: return value.IsArray() ? "" : "a list";
    case Takes::kFlag: return value.IsBool() ? "" : "true or false";
    case Takes::kText: return is_scalar ? "" : "text";
    default: return "";
  }
}

// Other files are put below components, and what is `itemSchema` is told with its type.
bool IsReadElsewhere(std::string_view key, const Block& block) {
  return key == "$ref" || (key == "files" && &block == &blocks::kComponents) ||
         (key == "itemSchema" && &block == &blocks::kMediaType);
}

class KeySearch {
 public:
  explicit KeySearch(WholeDocument& document) : document_(document) {}

  std::vector<std::pair<std::string, std::string>> notes;

  void Run() {
    const Json& root = document_.root();
    LookAt(root, "", blocks::kDocument);
    Paths(root.Get("paths"));
    const Json& components = root.Get("components");
    if (components.IsObject()) LookAt(components, "/components", blocks::kComponents);
    Each(components, "/components", "pathItems", &KeySearch::Path);
    Each(components, "/components", "responses", &KeySearch::Response);
    Each(components, "/components", "requestBodies", &KeySearch::Body);
    Each(components, "/components", "headers", &KeySearch::Header);
    Each(components, "/components", "examples", &KeySearch::Example);
  }

 private:
  using Look = void (KeySearch::*)(const Json& json, const std::string& pointer);

  void Note(const std::string& pointer, std::string message) {
    notes.emplace_back(pointer, std::move(message));
  }

  // The members of a map below `json`, each where its reference leads, and once.
  void Each(const Json& json, const std::string& pointer, const std::string& key, Look look) {
    const Json::Object* members = json.Get(key).IfObject();
    if (members == nullptr) return;
    for (const JsonMember& member : *members) {
      if (member.key.starts_with("x-")) continue;
      One(member.value, pointer + "/" + key + "/" + PointerToken(member.key), look);
    }
  }

  // What stands beside a reference is of the path, too.
  void Paths(const Json& paths) {
    if (!paths.IsObject()) return;
    for (const auto& [path, written] : *paths.IfObject()) {
      if (path.starts_with("x-")) continue;
      std::string pointer = "/paths/" + PointerToken(path);
      for (const Json* level : PathItemOf(written, document_).levels) {
        if (seen_.insert(level).second) Path(*level, pointer);
        pointer = PointerOfReference(level->Get("$ref").AsString());
      }
    }
  }

  void One(const Json& json, const std::string& pointer, Look look) {
    const Json& reference = json.Get("$ref");
    const Json* place = document_.Follow(json);
    if (place == nullptr || !place->IsObject() || !seen_.insert(place).second) return;
    (this->*look)(*place,
                  reference.IsString() ? PointerOfReference(reference.AsString()) : pointer);
  }

  void LookAt(const Json& json, const std::string& pointer, const Block& block) {
    for (const JsonMember& member : *json.IfObject()) {
      if (member.key.starts_with("x-") || IsReadElsewhere(member.key, block)) continue;
      const std::string below = pointer + "/" + PointerToken(member.key);
      const auto known = std::ranges::find(block.keys, member.key, &BlockKey::name);
      if (known == block.keys.end()) {
        std::vector<std::string> names;
        for (const BlockKey& key : block.keys) names.emplace_back(key.name);
        Note(below, std::string(block.name) + " has no '" + member.key + "', which is left out" +
                        DidYouMean(member.key, names));
      } else if (const auto what = WhyNot(member.value, known->takes); !what.empty()) {
        Note(below, "'" + member.key + "' must be " + std::string(what) + "; it is left out");
      }
    }
  }

  void Path(const Json& item, const std::string& pointer) {
    LookAt(item, pointer, blocks::kPathItem);
    for (const JsonMember& member : *item.IfObject()) {
      if (!IsMethod(member.key)) continue;
      const std::string below = pointer + "/" + member.key;
      if (member.value.IsNull()) Note(below, "this operation is nothing; it is left out");
      if (member.value.IsObject()) Operation(member.value, below);
    }
  }

  void Operation(const Json& operation, const std::string& pointer) {
    LookAt(operation, pointer, blocks::kApiOperation);
    const Json& body = operation.Get("requestBody");
    if (body.IsObject()) One(body, pointer + "/requestBody", &KeySearch::Body);
    Each(operation, pointer, "responses", &KeySearch::Response);
  }

  void Response(const Json& response, const std::string& pointer) {
    LookAt(response, pointer, blocks::kResponse);
    Each(response, pointer, "headers", &KeySearch::Header);
    Each(response, pointer, "content", &KeySearch::Media);
  }

  void Body(const Json& body, const std::string& pointer) {
    LookAt(body, pointer, blocks::kRequestBody);
    Each(body, pointer, "content", &KeySearch::Media);
    const Json::Object* content = body.Get("content").IfObject();
    if (content == nullptr) return;
    for (const JsonMember& media : *content) NoteHeaders(media, pointer + "/content");
  }

  // Of the parts of requests, which are taken without a look at theirs.
  void NoteHeaders(const JsonMember& media, const std::string& pointer) {
    const Json::Object* encodings = media.value.Get("encoding").IfObject();
    if (encodings == nullptr) return;
    for (const auto& [name, encoding] : *encodings) {
      if (!encoding.Get("headers").IsObject()) continue;
      Note(pointer + "/" + PointerToken(media.key) + "/encoding/" + PointerToken(name) + "/headers",
           "the headers of a part that is sent are not looked at");
    }
  }

  void Media(const Json& media, const std::string& pointer) {
    LookAt(media, pointer, blocks::kMediaType);
    Each(media, pointer, "examples", &KeySearch::Example);
    Each(media, pointer, "encoding", &KeySearch::Encoding);
  }

  void Encoding(const Json& encoding, const std::string& pointer) {
    LookAt(encoding, pointer, blocks::kEncoding);
    Each(encoding, pointer, "headers", &KeySearch::Header);
  }

  void Header(const Json& header, const std::string& pointer) {
    LookAt(header, pointer, blocks::kApiHeader);
    Each(header, pointer, "content", &KeySearch::Media);
  }

  void Example(const Json& example, const std::string& pointer) {
    LookAt(example, pointer, blocks::kApiExample);
  }

  WholeDocument& document_;
  std::unordered_set<const Json*> seen_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> KeyNotesOf(WholeDocument& document) {
  KeySearch search(document);
  search.Run();
  return std::move(search.notes);
}

}  // namespace mockduit
