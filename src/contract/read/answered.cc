#include "contract/read/answered.h"

#include <algorithm>
#include <array>

#include "contract/formats.h"

namespace mockduit {
namespace {

// Returns false when its keywords tell that a schema accepts every value of that type; with "",
// every value of any type.
bool CanRefuse(const Node& node, std::string_view type, int depth = 0) {
  static constexpr std::array<std::string_view, 9> kNotes = {
      "title",      "description", "default",   "example", "examples",
      "deprecated", "readOnly",    "writeOnly", "$comment"};
  constexpr int kDeep = 20;
  const Node schema = ContractReading::Follow(node);
  const Json::Object* members = schema ? schema.json().IfObject() : nullptr;
  if (members == nullptr) return schema && schema.json() == Json(false);
  for (const JsonMember& member : *members) {
    const Node value = schema.Below(member.value);
    if (std::ranges::find(kNotes, member.key) != kNotes.end() || member.key.starts_with("x-"))
      continue;
    if (member.key == "type" && member.value == Json(type)) continue;
    if (member.key == "format" && !WhyNotOfFormat(member.value.AsString(), "")) continue;
    if (member.key == "items" && depth < kDeep && !CanRefuse(value, "", depth + 1)) continue;
    if (member.key == "additionalProperties" && member.value == Json(true)) continue;
    if (member.key == "properties" && depth < kDeep && member.value.IsObject()) {
      const auto& properties = *member.value.IfObject();
      if (std::ranges::any_of(properties, [&](const JsonMember& property) {
            return CanRefuse(value.Below(property.value), "", depth + 1);
          })) {
        return true;
      }
      continue;
    }
    return true;
  }
  return false;
}

void AddConditionsOfParameters(const std::vector<Node>& parameters,
                               std::vector<std::string_view>& conditions) {
  for (const Node& parameter : parameters) {
    const bool in_path = parameter["in"].Text() == "path";
    const bool may_lack = parameter["required"].Flag() && !in_path;
    const Node schema = parameter["schema"];
    if (!may_lack && (!schema || !CanRefuse(schema, "string"))) continue;
    const std::string_view condition = in_path ? "bad_path" : "bad_query";
    if (std::ranges::find(conditions, condition) == conditions.end()) {
      conditions.push_back(condition);
    }
  }
}

std::vector<std::string_view> ConditionsOf(const Node& node, const std::vector<Node>& parameters,
                                           const Operation& operation) {
  std::vector<std::string_view> conditions;
  if (!operation.contract->credentials.empty()) {
    conditions = {"no_credential", "unknown_credential", "no_permission"};
  }
  AddConditionsOfParameters(parameters, conditions);
  conditions.emplace_back("not_acceptable");
  if (operation.body == nullptr) return conditions;
  conditions.insert(conditions.end(), {"media_type", "malformed_body"});
  const Node content = node["requestBody"].Follow()["content"];
  if (CanRefuse(content["application/json"]["schema"], "object"))
    conditions.emplace_back("invalid");
  return conditions;
}

}  // namespace

void CheckAnswered(ContractReading& reading, const Node& node, const std::vector<Node>& parameters,
                   const Operation& operation) {
  const Contract& contract = *operation.contract;
  for (const std::string_view condition : ConditionsOf(node, parameters, operation)) {
    const ConditionOutcome* named = operation.FindCondition(condition);
    if (named == nullptr || operation.FindOutcome(named->outcome) != nullptr ||
        contract.FindShared(named->outcome) != nullptr) {
      continue;
    }
    reading.Wrong(node["responses"], operation.name + " has no outcome '" + named->outcome +
                                         "', which answers the condition '" +
                                         std::string(condition) + "'");
  }
}

}  // namespace mockduit
