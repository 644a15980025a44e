#include "contract/step.h"

#include <algorithm>

namespace mockduit {

bool Fits(const Json& resource, const Where& where, Scope& scope) {
  return std::ranges::all_of(where, [&](const auto& member) {
    return member.second.OfIfAny(resource.AtPath(member.first), scope);
  });
}

void Patch::Apply(Json& resource, Scope& scope) const {
  const Json members = set.Value(scope);
  if (const Json::Object* values = members.IfObject()) {
    for (const auto& [path, value] : *values) resource.SetPath(path, value);
  }
  const Json change = merge.Value(scope);
  if (change.IsObject()) resource.MergePatch(change);
}

std::string ShortKind(const std::string& kind) { return kind.substr(kind.find('.') + 1); }

}  // namespace mockduit
