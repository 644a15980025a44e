#include "contract/resources.h"

#include <optional>
#include <string>

#include "base/suggest.h"
#include "contract/read/kind_mistakes.h"

namespace mockduit {
namespace {

// What is wrong with the members of `value`, which stands at `base` ("lock.", or "") of a resource.
std::optional<std::string> WhyBad(const std::string& kind, const Json& value, const Shape& shape,
                                  const std::string& base) {
  const Json::Object* members = value.IfObject();
  if (members == nullptr || shape.members().empty()) return std::nullopt;
  for (const JsonMember& member : *members) {
    const std::string path = base + member.key;
    const Shape* below = shape.Find(member.key);
    if (below == nullptr) return NoMember(kind, path, base, member.key, shape);
    const bool may_be = member.value.IsObject() || member.value.IsArray() || member.value.IsNull();
    if (!may_be && !below->members().empty()) return NoMap(kind, path, *below);
    if (auto why = WhyBad(kind, member.value, *below, path + ".")) return why;
  }
  return std::nullopt;
}

// Why that resource cannot stand below the id: its own member says another. nullopt: it can.
std::optional<std::string> WhyNotBelow(const std::string& id, const Json& resource,
                                       const Kind& kind) {
  if (kind.id.empty()) return std::nullopt;
  const Json* said = resource.AtPath(kind.id);
  if (said == nullptr || said->ToText() == id) return std::nullopt;
  return "its member '" + kind.id + "' must be the id that it stands below, not '" +
         said->ToText() + "'";
}

// The kinds of all editions of a vendor.
Kinds KindsOf(const Vendor& vendor) {
  Kinds kinds;
  for (const auto& contract : vendor.editions) {
    for (const Kind& kind : contract->kinds.all()) kinds.Add(kind);
  }
  return kinds;
}

Result<void> CheckKind(const std::string& stored, const Json& resources, const Catalog& catalog) {
  const std::size_t dot = stored.find('.');
  const std::string name = stored.substr(0, dot);
  const Vendor* vendor = catalog.FindVendor(name);
  if (vendor == nullptr) {
    return Fail("'" + stored + "' is no kind; there is no vendor '" + name + "'" +
                DidYouMean(name, catalog.VendorNames()));
  }
  const std::string kind = stored.substr(dot + 1);
  const Kinds kinds = KindsOf(*vendor);
  if (const auto why = WhyNoKind(kinds, kind)) {
    return Fail(stored + ": '" + kind + "' is no kind of " + name + *why);
  }
  const Kind* found = kinds.Find(kind);
  const Kind known = found != nullptr && found->declared ? *found : Kind();
  for (const JsonMember& resource : *resources.IfObject()) {
    if (resource.key.empty()) return Fail(stored + ": an id must not be empty");
    auto why = WhyBad(kind, resource.value, known.members, "");
    if (!why) why = WhyNotBelow(resource.key, resource.value, known);
    if (why) return Fail(stored + " '" + resource.key + "': " + *why);
  }
  return {};
}

}  // namespace

Result<void> CheckShape(const Json& resources) {
  if (!resources.IsObject()) return Fail("the store must be an object of kinds");
  for (const JsonMember& kind : *resources.IfObject()) {
    if (kind.key.find('.') == std::string::npos) {
      return Fail("'" + kind.key + "' is no kind; a kind is written as vendor.kind");
    }
    if (!kind.value.IsObject()) return Fail(kind.key + " must be an object of ids to resources");
    for (const JsonMember& resource : *kind.value.IfObject()) {
      if (resource.value.IsObject()) continue;
      return Fail(kind.key + " '" + resource.key + "' must be an object");
    }
  }
  return {};
}

Result<void> CheckResources(const Json& resources, const Catalog& catalog) {
  if (auto checked = CheckShape(resources); !checked) return checked;
  for (const JsonMember& kind : *resources.IfObject()) {
    if (auto checked = CheckKind(kind.key, kind.value, catalog); !checked) return checked;
  }
  return {};
}

}  // namespace mockduit
