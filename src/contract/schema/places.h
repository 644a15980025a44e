// SchemaPlaces: where the references of a document's schemas lead. It knows what "$id", "$anchor"
// and "$dynamicAnchor" name, and looks for them only once something asks. Used by the compiler.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"
#include "contract/schema.h"

namespace mockduit {

// A schema with an address of its own, by "$id" or as a whole document. References within it are
// resolved against that address.
struct SchemaResource {
  const Json* root;
  std::string address;
  std::map<std::string, const Json*, std::less<>> anchors{};
  std::map<std::string, const Json*, std::less<>> dynamic_anchors{};  // which are anchors, too
};

struct SchemaPlace {
  const Json* json = nullptr;
  SchemaResource* resource = nullptr;
  bool operator==(const SchemaPlace&) const = default;
};

class SchemaPlaces {
 public:
  SchemaPlaces(const Json& root, const SchemaRules& rules);

  SchemaResource& root() const { return *root_; }
  // The resource of a schema that stands directly in one of `above`: itself, where it has an "$id".
  SchemaResource& ResourceOf(const Json& schema, SchemaResource& above);
  // Where a reference leads. No place where it leads nowhere.
  SchemaPlace Resolve(std::string_view reference, SchemaResource& from);
  // The dynamic anchors of all that has been looked at are known.
  void FindAnchors();

  // The text of "$id", or of "id" in draft 4; "" where a schema has none.
  std::string_view IdOf(const Json& schema) const;

 private:
  SchemaResource& AddDocument(const Json& json, const std::string& address);
  SchemaResource& AddResource(const Json& json, std::string address);
  void Search(const Json& json, SchemaResource& resource, bool is_schema);
  void SearchSchema(const Json& json, SchemaResource& above);
  SchemaPlace At(std::string_view fragment, SchemaResource& resource);
  // What a pointer of one step, "/Box", leads to. Large maps are gone through once.
  const Json* Step(const Json& json, std::string_view step) const;
  SchemaResource* FindResource(const std::string& address);

  const SchemaRules& rules_;
  std::unordered_map<const Json*, std::unique_ptr<SchemaResource>> resources_;
  std::map<std::string, SchemaResource*, std::less<>> by_address_;
  using LargeMap = std::unordered_map<std::string, const Json*>;  // by step
  mutable std::unordered_map<const Json*, LargeMap> large_maps_;
  SchemaResource* root_;
  bool searched_ = false;
};

}  // namespace mockduit
