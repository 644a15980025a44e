#include "contract/schema/places.h"

#include <algorithm>

#include "base/percent.h"
#include "contract/schema/keywords.h"
#include "contract/schema/uri_reference.h"
#include "http/uri.h"

namespace mockduit {
namespace {

bool IsOpenApi(const Json& document) { return document.Find("openapi") != nullptr; }

std::string WithoutFragment(std::string_view reference) {
  return std::string(SplitFragment(reference).address);
}

}  // namespace

SchemaPlaces::SchemaPlaces(const Json& root, const SchemaRules& rules)
    : rules_(rules), root_(&AddDocument(root, rules.base)) {}

std::string_view SchemaPlaces::IdOf(const Json& schema) const {
  const bool is_draft_4 = rules_.dialect == SchemaRules::Dialect::kDraft4;
  const auto text_of = [&](const char* step) {
    const Json* member = Step(schema, step);
    return member != nullptr ? member->AsString() : std::string_view();
  };
  if (is_draft_4 && !text_of("/$ref").empty()) return {};
  const std::string_view id = text_of("/$id");
  return id.empty() && is_draft_4 ? text_of("/id") : id;
}

SchemaResource& SchemaPlaces::ResourceOf(const Json& schema, SchemaResource& above) {
  const std::string_view id = IdOf(schema);
  if (id.empty() || id.starts_with('#') || &schema == above.root) return above;
  return AddResource(schema, WithoutFragment(ResolveReference(id, above.address)));
}

// A document may be asked for by one address, and name itself by another.
SchemaResource& SchemaPlaces::AddDocument(const Json& json, const std::string& address) {
  SchemaResource& resource = AddResource(json, address);
  if (const std::string_view id = IdOf(json); !id.empty()) {
    resource.address = WithoutFragment(ResolveReference(id, address));
    by_address_.try_emplace(resource.address, &resource);
  }
  return resource;
}

SchemaResource& SchemaPlaces::AddResource(const Json& json, std::string address) {
  std::unique_ptr<SchemaResource>& resource = resources_[&json];
  if (resource == nullptr) resource = std::make_unique<SchemaResource>(&json, address);
  by_address_.try_emplace(std::move(address), resource.get());
  return *resource;
}

SchemaPlace SchemaPlaces::Resolve(std::string_view reference, SchemaResource& from) {
  if (reference.starts_with('#')) return At(reference.substr(1), from);
  const std::string whole = ResolveReference(reference, from.address);
  const SplitReference parts = SplitFragment(whole);
  SchemaResource* resource = FindResource(std::string(parts.address));
  return resource != nullptr ? At(parts.fragment, *resource) : SchemaPlace();
}

SchemaResource* SchemaPlaces::FindResource(const std::string& address) {
  FindAnchors();
  if (const auto known = by_address_.find(address); known != by_address_.end()) {
    return known->second;
  }
  const Json* document = rules_.documents ? rules_.documents(address) : nullptr;
  if (document == nullptr) return nullptr;
  SchemaResource& resource = AddDocument(*document, address);
  Search(*document, resource, !IsOpenApi(*document));
  return &resource;
}

SchemaPlace SchemaPlaces::At(std::string_view fragment, SchemaResource& resource) {
  const std::string name = PercentDecode(fragment);
  if (name.empty()) return {resource.root, &resource};
  if (!name.starts_with('/')) {
    FindAnchors();
    const auto anchor = resource.anchors.find(name);
    if (anchor == resource.anchors.end()) return {};
    return {anchor->second, &ResourceOf(*anchor->second, resource)};
  }
  SchemaPlace place{resource.root, &resource};
  for (std::string_view rest = name; !rest.empty() && place.json != nullptr;) {
    const std::size_t end = std::min(rest.find('/', 1), rest.size());
    place.json = Step(*place.json, rest.substr(0, end));
    rest.remove_prefix(end);
    if (place.json != nullptr) place.resource = &ResourceOf(*place.json, *place.resource);
  }
  return place;
}

const Json* SchemaPlaces::Step(const Json& json, std::string_view step) const {
  constexpr std::size_t kLarge = 32;  // members
  const Json::Object* members = json.IfObject();
  if (members == nullptr || members->size() < kLarge) return json.At(step);
  LargeMap& known = large_maps_[&json];
  if (known.empty()) {
    for (const JsonMember& member : *members) {
      known.try_emplace("/" + PointerToken(member.key), &member.value);
    }
  }
  const auto found = known.find(std::string(step));
  return found != known.end() ? found->second : nullptr;
}

void SchemaPlaces::FindAnchors() {
  if (searched_) return;
  searched_ = true;
  Search(*root_->root, *root_, !IsOpenApi(*root_->root));
}

// Of a document that is no schema, what stands below the keys that OpenAPI has for schemas.
void SchemaPlaces::Search(const Json& json, SchemaResource& resource, bool is_schema) {
  if (is_schema) return SearchSchema(json, resource);
  if (const Json::Array* items = json.IfArray()) {
    for (const Json& item : *items) Search(item, resource, false);
  }
  const Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  for (const JsonMember& member : *members) {
    const Json::Object* below = member.value.IfObject();
    if (member.key == "schemas" && below != nullptr) {
      for (const JsonMember& schema : *below) SearchSchema(schema.value, resource);
    } else if (!member.key.starts_with("example")) {
      Search(member.value, resource, member.key == "schema");
    }
  }
}

void SchemaPlaces::SearchSchema(const Json& json, SchemaResource& above) {
  const Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  SchemaResource& resource = ResourceOf(json, above);
  const auto add = [&](std::string_view name, auto& anchors) {
    if (!name.empty()) anchors.try_emplace(std::string(name), &json);
  };
  const std::string_view dynamic = json.Get("$dynamicAnchor").AsString();
  add(json.Get("$anchor").AsString(), resource.anchors);
  add(dynamic, resource.anchors);
  add(dynamic, resource.dynamic_anchors);
  if (IdOf(json).starts_with('#')) add(IdOf(json).substr(1), resource.anchors);
  for (const JsonMember& member : *members) {
    const SchemaKeyword* keyword = FindSchemaKeyword(member.key);
    const SchemaIn where = keyword != nullptr ? keyword->schemas : SchemaIn::kNothing;
    if (where == SchemaIn::kNothing) continue;
    if (where == SchemaIn::kMap && member.value.IsObject()) {
      for (const JsonMember& schema : *member.value.IfObject())
        SearchSchema(schema.value, resource);
    } else if (member.value.IsArray()) {
      for (const Json& schema : *member.value.IfArray()) SearchSchema(schema, resource);
    } else if (where != SchemaIn::kMap) {
      SearchSchema(member.value, resource);
    }
  }
}

}  // namespace mockduit
