// What templates may ask of a value that is good by a schema.
#include <algorithm>
#include <optional>
#include <unordered_set>

#include "contract/schema.h"
#include "contract/schema/node.h"

namespace mockduit {
namespace {

// On the way through all members.
struct MemberWalk {
  SchemaNodes above;
  std::size_t levels;
  int left = 10'000;  // schemas, which may refer to each other in very many ways
};

// A schema and all that may apply to the same value, by turns.
SchemaNodes PartsOf(const SchemaNode& node) {
  SchemaNodes parts{&node};
  std::unordered_set<const SchemaNode*> met{&node};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i]->joint == nullptr) continue;
    EachJoint(*parts[i]->joint, [&](const SchemaNode* part) {
      if (met.insert(part).second) parts.push_back(part);
    });
  }
  return parts;
}

bool TakesAnyMember(const SchemaNode& part) {
  if (part.joint != nullptr && part.joint->unevaluated_members != nullptr &&
      !part.joint->unevaluated_members->never) {
    return true;
  }
  if (part.object == nullptr) return false;
  const SchemaNode* additional = part.object->additional;
  return part.object->open || (additional != nullptr && !additional->never) ||
         !part.object->patterns.empty();
}

bool NamesMembers(const SchemaNode& part) {
  return part.object != nullptr &&
         (!part.object->properties.empty() || part.object->additional != nullptr);
}

Shape MembersOf(const SchemaNode& node, MemberWalk& walk);

Shape MembersBelow(const SchemaNode& node, MemberWalk& walk) {
  const SchemaNodes parts = PartsOf(node);
  if (std::ranges::any_of(parts, [](const SchemaNode* part) { return TakesAnyMember(*part); })) {
    return {};
  }
  Shape members = Shape::Of({});
  std::optional<Shape> item;
  for (const SchemaNode* part : parts) {
    if (part->object != nullptr) {
      for (const auto& property : part->object->properties) {
        members = members.With(property.name, MembersOf(*property.schema, walk));
      }
    }
    if (part->array == nullptr || part->array->items == nullptr) continue;
    const Shape one = MembersOf(*part->array->items, walk);
    item = item ? item->Or(one) : one;
  }
  const auto takes = [&](Json::Kind kind) {
    return std::ranges::any_of(parts, [&](const SchemaNode* part) { return part->Takes(kind); });
  };
  const bool says_type = node.types != SchemaNode::kAnyType;
  if (says_type && !takes(Json::Kind::kObject) && !takes(Json::Kind::kArray)) return Shape::Leaf();
  const bool names_none =
      std::ranges::none_of(parts, [](const SchemaNode* part) { return NamesMembers(*part); });
  if (item && names_none) return Shape::ListOf(*std::move(item));
  return names_none ? Shape() : members;
}

Shape MembersOf(const SchemaNode& node, MemberWalk& walk) {
  const bool is_deep = walk.above.size() >= walk.levels || --walk.left < 0;
  if (is_deep || std::ranges::find(walk.above, &node) != walk.above.end()) return {};
  walk.above.push_back(&node);
  Shape members = MembersBelow(node, walk);
  walk.above.pop_back();
  return members;
}

}  // namespace

Shape Schema::Members(std::size_t levels) const {
  MemberWalk walk{.above = {}, .levels = levels};
  return MembersOf(node_, walk);
}

}  // namespace mockduit
