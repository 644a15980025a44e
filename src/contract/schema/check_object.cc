// Objects. What is wrong with properties comes in the order in which the schema names them.
#include <algorithm>
#include <functional>
#include <set>
#include <unordered_set>

#include "contract/schema/check.h"

namespace mockduit {
namespace {

bool IsProperty(const ObjectRules& rules, const std::string& name) {
  return std::ranges::find(rules.properties, name, &ObjectRules::Property::name) !=
         rules.properties.end();
}

// All that holds whenever a schema does, itself in front.
SchemaNodes ConjunctsOf(const SchemaNode& node) {
  SchemaNodes parts{&node};
  std::unordered_set<const SchemaNode*> met{&node};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i]->joint == nullptr) continue;
    for (const SchemaNode* part : parts[i]->joint->all_of) {
      if (met.insert(part).second) parts.push_back(part);
    }
  }
  return parts;
}

bool IsSparedOf(const ObjectRules::Property& property, Side side) {
  const auto is_it = [&](const auto& part) {
    return (part.read_only && side != Side::kAnswer) || (part.write_only && side != Side::kRequest);
  };
  return is_it(property) ||
         std::ranges::any_of(ConjunctsOf(*property.schema),
                             [&](const SchemaNode* part) { return is_it(*part); });
}

// The names of the properties that a schema declares for the other side.
std::set<std::string, std::less<>> NamesSparedBy(const SchemaNode& node, Side side) {
  std::set<std::string, std::less<>> names;
  for (const SchemaNode* part : ConjunctsOf(node)) {
    if (part->object == nullptr) continue;
    for (const ObjectRules::Property& property : part->object->properties) {
      if (IsSparedOf(property, side)) names.insert(property.name);
    }
  }
  return names;
}

bool HasPattern(const ObjectRules& rules, const std::string& name) {
  return std::ranges::any_of(rules.patterns,
                             [&](const auto& each) { return each.pattern.Matches(name); });
}

}  // namespace

bool SchemaCheck::IsSpared(std::string_view name) {
  for (const SchemaCheck* check = this; check != nullptr; check = check->within_) {
    const auto [known, is_new] = context_.spared.try_emplace(&check->node_);
    if (is_new) known->second = NamesSparedBy(check->node_, context_.side);
    if (known->second.contains(name)) return true;
  }
  return false;
}

void SchemaCheck::CheckObject(const ObjectRules& rules, const Json::Object& members) {
  for (const ObjectRules::Property& property : rules.properties) {
    if (const Json* member = value_.Find(property.name)) {
      AskBelow(PathStep(property.name), *property.schema, *member, "properties");
      if (evaluated_ != nullptr) evaluated_->Add(IndexOf(*member));
    } else if (property.required && !IsSpared(property.name)) {
      ReportBelow(PathStep(property.name), "required");
    }
    if (IsDone()) return;
  }
  for (const std::string& name : rules.required) {
    if (value_.Find(name) == nullptr && !IsSpared(name)) ReportBelow(PathStep(name), "required");
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
      if (rules.names != nullptr) CheckName(*rules.names, name);
    }
  }
  for (const auto& [name, others] : rules.dependent_required) {
    if (value_.Find(name) == nullptr) continue;
    for (const std::string& other : others) {
      if (value_.Find(other) == nullptr) ReportBelow(PathStep(other), "required");
    }
  }
}

// Tells what of the name is wrong as the limit, since what stands below it may be good.
void SchemaCheck::CheckName(const SchemaNode& rule, const std::string& name) {
  std::vector<Violation> found;
  if (SchemaCheck(rule, Json(name), context_, Sink(found)).Run()) return;
  const bool is_told = !found.empty() && found.front().keyword != "false";
  context_.path.emplace_back(name);
  Report("propertyNames", is_told ? found.front().keyword + " " + found.front().limit : name);
  context_.path.pop_back();
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
