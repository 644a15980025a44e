// Addresses: what "$id", "$anchor" and "$dynamicAnchor" name in a foreign document and its files.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"

namespace mockduit {

// "#/components/files/a.yaml/Box" of a pointer. A '%' in the name of a file is none of an escape.
std::string ReferenceToPointer(std::string_view pointer);

class Addresses {
 public:
  // What has an address of its own, or is a file as a whole. References within it are resolved
  // against that address.
  struct Resource {
    std::string address;  // "" where none is said
    std::string pointer;  // into the one document
  };

  // A document, or a file of it, that stands at `pointer`.
  const Resource& Add(const Json& root, const std::string& pointer);
  // The resource that a schema at `pointer` is of: itself, where it has an "$id". Its anchors are
  // known from here on.
  const Resource& Enter(const Json& schema, const std::string& pointer, const Resource& above);
  // Where a reference within a resource leads, as a reference into the one document. Nothing where
  // nobody has that address, or that anchor.
  std::optional<std::string> Find(std::string_view reference, const Resource& from) const;

 private:
  const Resource& AddAt(std::string address, const std::string& pointer);

  std::deque<Resource> resources_;
  std::map<std::string, const Resource*, std::less<>> by_address_;
  std::map<std::pair<std::string, std::string>, std::string> anchors_;  // by resource and name
};

}  // namespace mockduit
