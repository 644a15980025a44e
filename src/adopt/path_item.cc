#include "adopt/path_item.h"

#include <set>

#include "contract/read/parts.h"

namespace mockduit {

std::vector<std::pair<std::string_view, const Json*>> PathItem::Operations() const {
  std::vector<std::pair<std::string_view, const Json*>> operations;
  std::set<std::string_view> methods;
  for (const Json* level : levels) {
    for (const auto& [method, operation] : *level->IfObject()) {
      if (!IsMethod(method) || !operation.IsObject()) continue;
      if (methods.insert(method).second) operations.emplace_back(method, &operation);
    }
  }
  return operations;
}

const Json& PathItem::Get(std::string_view key) const {
  static const Json kNull;
  for (const Json* level : levels) {
    if (const Json* value = level->Find(key)) return *value;
  }
  return kNull;
}

PathItem PathItemOf(const Json& written, References& references) {
  PathItem item;
  Circle circle(&written);
  const Json* at = &written;
  while (at != nullptr && at->IsObject()) {
    item.levels.push_back(at);
    const Json* reference = at->Find("$ref");
    if (reference == nullptr || !reference->IsString()) return item;
    at = references.Find(reference->AsString());
    if (at != nullptr && circle.ClosesAt(at)) break;
  }
  item.leads_nowhere = true;
  return item;
}

}  // namespace mockduit
