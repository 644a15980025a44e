// Objects. What is wrong with properties comes in the order in which the schema names them.
#include <algorithm>

#include "contract/schema/check.h"

namespace mockduit {
namespace {

bool IsProperty(const ObjectRules& rules, const std::string& name) {
  return std::ranges::find(rules.properties, name, &ObjectRules::Property::name) !=
         rules.properties.end();
}

bool HasPattern(const ObjectRules& rules, const std::string& name) {
  return std::ranges::any_of(rules.patterns,
                             [&](const auto& each) { return each.pattern.Matches(name); });
}

}  // namespace

void SchemaCheck::CheckObject(const ObjectRules& rules, const Json::Object& members) {
  for (const ObjectRules::Property& property : rules.properties) {
    if (const Json* member = value_.Find(property.name)) {
      AskBelow(PathStep(property.name), *property.schema, *member, "properties");
      if (evaluated_ != nullptr) evaluated_->Add(IndexOf(*member));
    } else if (property.required) {
      ReportBelow(PathStep(property.name), "required");
    }
    if (IsDone()) return;
  }
  for (const std::string& name : rules.required) {
    if (value_.Find(name) == nullptr) ReportBelow(PathStep(name), "required");
  }
  if (rules.min_members && members.size() < *rules.min_members) {
    Report("minProperties", std::to_string(*rules.min_members));
  }
  if (rules.max_members && members.size() > *rules.max_members) {
    Report("maxProperties", std::to_string(*rules.max_members));
  }
  CheckNames(rules, members);
  if (rules.additional != nullptr) CheckAdditional(rules, members);
  if (evaluated_ != nullptr && (rules.open || rules.additional != nullptr)) evaluated_->all = true;
}

// What the names of members ask for, whatever the schema calls its properties.
void SchemaCheck::CheckNames(const ObjectRules& rules, const Json::Object& members) {
  if (!rules.patterns.empty() || rules.names != nullptr) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const auto& [name, value] = members[i];
      for (const auto& [pattern, schema] : rules.patterns) {
        if (!pattern.Matches(name)) continue;
        AskBelow(PathStep(name), *schema, value, "patternProperties");
        if (evaluated_ != nullptr) evaluated_->Add(i);
      }
      if (rules.names != nullptr)
        AskBelow(PathStep(name), *rules.names, Json(name), "propertyNames");
    }
  }
  for (const auto& [name, others] : rules.dependent_required) {
    if (value_.Find(name) == nullptr) continue;
    for (const std::string& other : others) {
      if (value_.Find(other) == nullptr) ReportBelow(PathStep(other), "required");
    }
  }
}

void SchemaCheck::CheckAdditional(const ObjectRules& rules, const Json::Object& members) {
  for (const JsonMember& member : members) {
    if (IsProperty(rules, member.key) || HasPattern(rules, member.key)) continue;
    AskBelow(PathStep(member.key), *rules.additional, member.value, "additionalProperties");
  }
}

std::size_t SchemaCheck::IndexOf(const Json& member) const {
  const Json::Object& members = *value_.IfObject();
  const auto found =
      std::ranges::find_if(members, [&](const JsonMember& each) { return &each.value == &member; });
  return static_cast<std::size_t>(found - members.begin());
}

}  // namespace mockduit
