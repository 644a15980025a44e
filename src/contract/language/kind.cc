#include "contract/language/kind.h"

#include <algorithm>

namespace mockduit {

const Kind* Kinds::Find(std::string_view name) const {
  const auto found = std::ranges::find(kinds_, name, &Kind::name);
  return found != kinds_.end() ? &*found : nullptr;
}

Shape Kinds::MembersOf(std::string_view name) const {
  const Kind* kind = Find(name);
  return kind != nullptr && kind->whole ? kind->members : Shape();
}

std::vector<std::string> Kinds::names() const {
  std::vector<std::string> names;
  for (const Kind& kind : kinds_) names.push_back(kind.name);
  return names;
}

void Kinds::Add(Kind kind) {
  const auto known = std::ranges::find(kinds_, kind.name, &Kind::name);
  if (known == kinds_.end()) {
    kinds_.push_back(std::move(kind));
  } else {
    known->members = known->members.Or(kind.members);
    known->whole = known->whole || kind.whole;
    known->declared = known->declared && kind.declared;
    if (known->id != kind.id) known->id.clear();
    if (known->refers.empty()) known->refers = std::move(kind.refers);
  }
}

Shape ShapeOf(const Json& json, const Names& names) {
  if (const std::string* text = json.IfString()) {
    const bool one_hole = text->starts_with("{{") && text->ends_with("}}") &&
                          text->find("{{", 2) == std::string::npos;
    if (!one_hole) return Shape::Leaf();
    const auto hole = ParseHole(std::string_view(*text).substr(2, text->size() - 4));
    return hole ? names.ShapeOf(*hole) : Shape();
  }
  if (json.Find("$first") != nullptr || json.Find("$merge") != nullptr || json.IsNull()) return {};
  if (const Json::Object* members = json.IfObject()) {
    Shape::Members shapes;
    for (const JsonMember& member : *members) {
      shapes.emplace_back(member.key, ShapeOf(member.value, names));
    }
    return Shape::Of(std::move(shapes));
  }
  if (const Json::Array* items = json.IfArray()) {
    if (items->empty()) return {};
    Shape item = ShapeOf(items->front(), names);
    for (const Json& other : *items) item = item.Or(ShapeOf(other, names));
    return Shape::ListOf(std::move(item));
  }
  return Shape::Leaf();
}

Shape ShapeOfPaths(const Json& paths, const Names& names) {
  Shape shape = Shape::Of({});
  const Json::Object* members = paths.IfObject();
  if (members == nullptr) return shape;
  for (const auto& [path, value] : *members) {
    Shape below = ShapeOf(value, names);
    std::size_t end = path.size();
    while (true) {
      const std::size_t dot = path.rfind('.', end - 1);
      if (end == 0 || dot == std::string::npos) break;
      below = Shape::Of({{path.substr(dot + 1, end - dot - 1), std::move(below)}});
      end = dot;
    }
    shape = shape.With(path.substr(0, end), below);
  }
  return shape;
}

}  // namespace mockduit
