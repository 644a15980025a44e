// Places: the values at a dotted path in JSON, where "*" is every item of a list:
// "data.items.*.status". Json::AtPath knows no "*".
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace mockduit {

// Calls `visit` with each value there; a Json that is const is only looked at.
template <class Value, class Visit>
void VisitPlaces(Value& json, std::string_view path, const Visit& visit) {
  if (path.empty()) return visit(json);
  const std::string_view key = TakeUntil(path, ".");
  if (key != "*") {
    auto* member = json.Find(key);
    if (member != nullptr) VisitPlaces(*member, path, visit);
    return;
  }
  auto* items = json.IfArray();
  if (items == nullptr) return;
  for (auto& item : *items) VisitPlaces(item, path, visit);
}

}  // namespace mockduit
