#include "adopt/document_notes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "adopt/compose.h"
#include "adopt/path_item.h"
#include "adopt/security.h"
#include "base/suggest.h"
#include "contract/read/parts.h"
#include "contract/reference.h"
#include "contract/schema/keywords.h"

namespace mockduit {
namespace {

template <std::size_t Size>
bool IsOneOf(std::string_view key, const std::array<std::string_view, Size>& keys) {
  return std::ranges::find(keys, key) != keys.end();
}

std::vector<std::string> IdsOf(WholeDocument& document) {
  std::vector<std::string> ids;
  const Json::Object* paths = document.root().Get("paths").IfObject();
  if (paths == nullptr) return ids;
  for (const auto& [path, item] : *paths) {
    for (const auto& [method, operation] : PathItemOf(item, document).Operations()) {
      const Json& id = operation->Get("operationId");
      if (id.IsString()) ids.emplace_back(id.AsString());
    }
  }
  return ids;
}

class Search {
 public:
  explicit Search(WholeDocument& document)
      : document_(document),
        is_draft_4_(SchemaRules::For(document.root()).dialect == SchemaRules::Dialect::kDraft4) {}

  std::vector<std::pair<std::string, std::string>> notes;

  void Run() {
    const Json& root = document_.root();
    if (!root.Get("paths").IsObject()) {
      Note("", "this document has no map of 'paths', so that nothing is answered by it");
    }
    LookAtInfo(root.Get("info"));
    LookAtSchemes();
    LookAtSecurity(root, "");
    Walk(root, "", "", "");
  }

 private:
  void Note(const std::string& pointer, std::string message) {
    notes.emplace_back(pointer, std::move(message));
  }

  void LookAtInfo(const Json& info) {
    for (const char* key : {"title", "version"}) {
      if (info.Find(key) != nullptr) continue;
      Note(info.IsObject() ? "/info" : "", "'info' has no '" + std::string(key) + "'");
    }
  }

  // An operation that a link leads to must be there.
  void LookAtLink(const Json& link, const std::string& pointer) {
    if (const Json* id = link.Find("operationId"); id != nullptr && id->IsString()) {
      if (ids_.empty()) ids_ = IdsOf(document_);
      if (std::ranges::find(ids_, id->AsString()) != ids_.end()) return;
      Note(pointer + "/operationId", "this link leads nowhere: no operation has the id '" +
                                         std::string(id->AsString()) + "'" +
                                         DidYouMean(id->AsString(), ids_));
    }
    const std::string_view reference = link.Get("operationRef").AsString();
    if (reference.starts_with('#') && document_.Find(reference) == nullptr) {
      Note(pointer + "/operationRef",
           "this link leads nowhere: there is no '" + std::string(reference) + "'");
    }
  }

  void LookAtSchemes() {
    const Json::Object* schemes =
        document_.root().Get("components").Get("securitySchemes").IfObject();
    if (schemes == nullptr) return;
    for (const auto& [name, scheme] : *schemes) {
      const std::string why = WhyNotAskedFor(scheme, document_);
      if (!why.empty()) Note("/components/securitySchemes/" + PointerToken(name), why);
    }
  }

  // Of the document, or of an operation.
  void LookAtSecurity(const Json& json, const std::string& pointer) {
    const Json& schemes = document_.root().Get("components").Get("securitySchemes");
    const Json::Array* ways = json.Get("security").IfArray();
    for (std::size_t i = 0; ways != nullptr && i < ways->size(); ++i) {
      const Json::Object* names = (*ways)[i].IfObject();
      if (names == nullptr) {
        Note(pointer + "/security/" + std::to_string(i),
             "a requirement is a map of schemes; nothing is asked for by this one");
        continue;
      }
      for (const JsonMember& name : *names) {
        if (schemes.Find(name.key) != nullptr) continue;
        std::vector<std::string> known;
        if (const Json::Object* all = schemes.IfObject()) {
          for (const JsonMember& scheme : *all) known.push_back(scheme.key);
        }
        Note(pointer + "/security/" + std::to_string(i) + "/" + PointerToken(name.key),
             "there is no scheme '" + name.key + "' in components/securitySchemes" +
                 "; any credential in the header Authorization will do for it" +
                 DidYouMean(name.key, known));
      }
    }
  }

  // `key` is that of the value, `above` that of the one that it stands in.
  void Walk(const Json& json, const std::string& pointer, std::string_view key,
            std::string_view above) {
    static constexpr std::array<std::string_view, 6> kOfNames = {
        "examples", "headers", "links", "callbacks", "securitySchemes", "requestBodies"};
    const bool is_schema = key == "schema" || above == "schemas";
    if (is_schema) return LookAtSchema(json, pointer);
    if (const Json::Array* items = json.IfArray()) {
      for (std::size_t i = 0; i < items->size(); ++i) {
        Walk((*items)[i], pointer + "/" + std::to_string(i), "", key);
      }
    }
    const Json::Object* members = json.IfObject();
    if (members == nullptr) return;
    if (IsOneOf(above, kOfNames) || key == "requestBody") LookAtReference(json, pointer);
    if (IsMethod(key)) LookAtSecurity(json, pointer);
    if (above == "links") LookAtLink(json, pointer);
    for (const JsonMember& member : *members) {
      // The rest of an example is data.
      static constexpr std::array<std::string_view, 3> kData = {"value", "example", "x-mockduit"};
      if (!IsOneOf(member.key, kData)) {
        Walk(member.value, pointer + "/" + PointerToken(member.key), member.key, key);
      }
    }
  }

  void LookAtReference(const Json& json, const std::string& pointer) {
    const Json* reference = json.Find("$ref");
    if (reference == nullptr || !reference->AsString().starts_with('#')) return;
    if (document_.Follow(json) != nullptr) return;
    Note(pointer + "/$ref", WhyNowhere(*reference, document_.root())
                                .value_or("$ref '" + reference->ToText() + "' leads nowhere"));
  }

  // Once, however many lead there.
  void LookAtSchema(const Json& schema, const std::string& pointer) {
    const Json::Object* members = schema.IfObject();
    if (members == nullptr || !seen_.insert(&schema).second) return;
    const bool is_reference = schema.Get("$ref").IsString();
    if (!is_reference || !is_draft_4_) LookAtValues(schema, pointer);
    for (const JsonMember& member : *members) {
      const SchemaKeyword* keyword = FindSchemaKeyword(member.key);
      const SchemaIn where = keyword != nullptr ? keyword->schemas : SchemaIn::kNothing;
      if (where == SchemaIn::kNothing) continue;
      const std::string below = pointer + "/" + PointerToken(member.key);
      const Json::Object* named = member.value.IfObject();
      if (where == SchemaIn::kMap && named != nullptr) {
        for (const auto& [name, part] : *named)
          LookAtSchema(part, below + "/" + PointerToken(name));
      } else if (const Json::Array* parts = member.value.IfArray()) {
        for (std::size_t i = 0; i < parts->size(); ++i) {
          LookAtSchema((*parts)[i], below + "/" + std::to_string(i));
        }
      } else if (where != SchemaIn::kMap) {
        LookAtSchema(member.value, below);
      }
    }
  }

  void LookAtValues(const Json& schema, const std::string& pointer) {
    for (const char* keyword : {"default", "example"}) {
      if (const Json* value = schema.Find(keyword)) {
        LookAtValue(*value, schema, keyword, pointer + "/" + keyword);
      }
    }
    const Json::Array* examples = schema.Get("examples").IfArray();
    for (std::size_t i = 0; examples != nullptr && i < examples->size(); ++i) {
      LookAtValue((*examples)[i], schema, "example", pointer + "/examples/" + std::to_string(i));
    }
  }

  void LookAtValue(const Json& value, const Json& schema, const std::string& keyword,
                   const std::string& pointer) {
    const std::string objection = ObjectionTo(value, schema, document_, keyword, Side::kEither);
    if (!objection.empty()) {
      Note(pointer, "the " + keyword + " is not what its schema says: " + objection);
    }
  }

  WholeDocument& document_;
  bool is_draft_4_;
  std::unordered_set<const Json*> seen_;
  std::vector<std::string> ids_;  // of all operations; empty until they are asked for
};

}  // namespace

std::vector<std::pair<std::string, std::string>> NotesOf(WholeDocument& document) {
  Search search(document);
  search.Run();
  return std::move(search.notes);
}

}  // namespace mockduit
