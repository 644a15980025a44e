#include "adopt/addresses.h"

#include "base/percent.h"
#include "contract/schema/uri_reference.h"

namespace mockduit {

std::string ReferenceToPointer(std::string_view pointer) {
  std::string reference = "#";
  for (const char c : pointer) {
    reference += c;
    if (c == '%') reference += "25";
  }
  return reference;
}

const Addresses::Resource& Addresses::Add(const Json& root, const std::string& pointer) {
  return Enter(root, pointer, AddAt("", pointer));
}

const Addresses::Resource& Addresses::AddAt(std::string address, const std::string& pointer) {
  const Resource& resource = resources_.emplace_back(std::move(address), pointer);
  if (!resource.address.empty()) by_address_.try_emplace(resource.address, &resource);
  return resource;
}

const Addresses::Resource& Addresses::Enter(const Json& schema, const std::string& pointer,
                                            const Resource& above) {
  const std::string_view id = schema.Get("$id").AsString();
  const bool has_own = !id.empty() && !id.starts_with('#');
  const Resource& resource =
      has_own
          ? AddAt(std::string(SplitFragment(ResolveReference(id, above.address)).address), pointer)
          : above;
  for (const char* keyword : {"$anchor", "$dynamicAnchor"}) {
    const std::string name(schema.Get(keyword).AsString());
    if (!name.empty()) anchors_.try_emplace({resource.pointer, name}, pointer);
  }
  if (id.starts_with('#'))
    anchors_.try_emplace({resource.pointer, std::string(id.substr(1))}, pointer);
  return resource;
}

std::optional<std::string> Addresses::Find(std::string_view reference, const Resource& from) const {
  const Resource* resource = &from;
  std::string_view fragment = reference.substr(reference.starts_with('#') ? 1 : 0);
  const std::string whole = ResolveReference(reference, from.address);
  if (!reference.starts_with('#')) {
    const SplitReference parts = SplitFragment(whole);
    const auto known = by_address_.find(parts.address);
    if (known == by_address_.end()) return std::nullopt;
    resource = known->second;
    fragment = parts.fragment;
  }
  if (fragment.empty() || fragment.starts_with('/')) {
    return ReferenceToPointer(resource->pointer) + std::string(fragment);
  }
  const auto anchor = anchors_.find({resource->pointer, PercentDecode(fragment)});
  if (anchor == anchors_.end()) return std::nullopt;
  return ReferenceToPointer(anchor->second);
}

}  // namespace mockduit
