// Which members of a value a schema names, and which of them it has deprecated.
#include <algorithm>
#include <iterator>

#include "contract/schema.h"
#include "contract/schema/applying.h"
#include "contract/schema/node.h"

namespace mockduit {
namespace {

bool AcceptsValue(const SchemaNode& node, const Json& value) {
  return Schema(node).Validate(value, "").empty();
}

}  // namespace

void AddApplying(const SchemaNode& node, const Json& value, SchemaNodes& parts) {
  if (std::ranges::find(parts, &node) != parts.end()) return;
  parts.push_back(&node);
  if (node.joint == nullptr) return;
  const JointRules& rules = *node.joint;
  for (const SchemaNode* part : rules.all_of) AddApplying(*part, value, parts);
  for (const auto* choices : {&rules.any_of, &rules.one_of}) {
    SchemaNodes good;
    std::ranges::copy_if(*choices, std::back_inserter(good),
                         [&](const SchemaNode* choice) { return AcceptsValue(*choice, value); });
    // Where none is good, any may be meant.
    for (const SchemaNode* choice : good.empty() ? *choices : good) {
      AddApplying(*choice, value, parts);
    }
  }
  if (rules.condition) {
    const bool holds = AcceptsValue(*rules.condition->when, value);
    if (holds) AddApplying(*rules.condition->when, value, parts);
    const SchemaNode* next = holds ? rules.condition->then : rules.condition->otherwise;
    if (next != nullptr) AddApplying(*next, value, parts);
  }
  for (const auto& [name, part] : rules.dependent) {
    if (value.Find(name) != nullptr) AddApplying(*part, value, parts);
  }
}

namespace {

// By their names, or as the rest of them.
bool SpeaksOfMembers(const SchemaNode& part) {
  if (part.joint != nullptr && part.joint->unevaluated_members != nullptr) return true;
  if (part.object == nullptr) return false;
  const ObjectRules& rules = *part.object;
  return !rules.properties.empty() || !rules.patterns.empty() || rules.additional != nullptr;
}

void SurveyMember(const SchemaNodes& parts, const JsonMember& member,
                  std::vector<std::string>& path, const Schema::Survey& tell) {
  SchemaNodes naming;
  SchemaNodes taking;
  const auto take = [&](const SchemaNode* rest) {
    if (rest != nullptr && !rest->never) taking.push_back(rest);
  };
  for (const SchemaNode* part : parts) {
    if (part->joint != nullptr) take(part->joint->unevaluated_members);
    if (part->object == nullptr) continue;
    const ObjectRules& rules = *part->object;
    const auto property =
        std::ranges::find(rules.properties, member.key, &ObjectRules::Property::name);
    if (property != rules.properties.end()) naming.push_back(property->schema);
    for (const auto& [pattern, schema] : rules.patterns) {
      if (pattern.Matches(member.key)) naming.push_back(schema);
    }
    take(rules.additional);
  }
  path.push_back(member.key);
  if (naming.empty() && taking.empty()) tell(path, Schema::Use::kUnknown);
  if (std::ranges::any_of(naming, &SchemaNode::deprecated)) tell(path, Schema::Use::kDeprecated);
  for (const SchemaNode* part : naming.empty() ? taking : naming) {
    Schema(*part).SurveyMembers(member.value, path, tell);
  }
  path.pop_back();
}

void SurveyItems(const SchemaNode& items, const Json::Array& list, std::vector<std::string>& path,
                 const Schema::Survey& tell) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    path.push_back(std::to_string(i));
    Schema(items).SurveyMembers(list[i], path, tell);
    path.pop_back();
  }
}

}  // namespace

void Schema::SurveyMembers(const Json& value, std::vector<std::string>& path,
                           const Survey& tell) const {
  SchemaNodes parts;
  AddApplying(node_, value, parts);
  if (const Json::Array* items = value.IfArray()) {
    for (const SchemaNode* part : parts) {
      if (part->array == nullptr || part->array->items == nullptr) continue;
      SurveyItems(*part->array->items, *items, path, tell);
    }
  }
  const Json::Object* members = value.IfObject();
  const auto names_none = [](const SchemaNode* part) { return !SpeaksOfMembers(*part); };
  if (members == nullptr || std::ranges::all_of(parts, names_none)) return;
  for (const JsonMember& member : *members) SurveyMember(parts, member, path, tell);
}

}  // namespace mockduit
