#include "contract/read/answered.h"

#include <algorithm>
#include <array>
#include <set>

#include "contract/formats.h"

namespace mockduit {
namespace {

// Returns false when its keywords tell that a schema accepts every value of that type; with "",
// every value of any type.
// `seen` has what is looked at already: a schema refuses nothing merely by referring to itself.
bool CanRefuse(const Node& node, std::string_view type, std::set<const Json*>& seen) {
  static constexpr std::array<std::string_view, 9> kNotes = {
      "title",      "description", "default",   "example", "examples",
      "deprecated", "readOnly",    "writeOnly", "$comment"};
  const Node schema = ContractReading::Follow(node);
  const Json::Object* members = schema ? schema.json().IfObject() : nullptr;
  if (members == nullptr) return schema && schema.json() == Json(false);
  if (type.empty() && !seen.insert(&schema.json()).second) return false;
  for (const JsonMember& member : *members) {
    const Node value = schema.Below(member.value);
    if (std::ranges::find(kNotes, member.key) != kNotes.end() || member.key.starts_with("x-"))
      continue;
    if (member.key == "type" && member.value == Json(type)) continue;
    const std::string_view format = member.key == "format" ? member.value.AsString() : "";
    if (member.key == "format" && FindTextFormat(format) == nullptr) continue;
    if (member.key == "items" && !CanRefuse(value, "", seen)) continue;
    if (member.key == "additionalProperties" && member.value == Json(true)) continue;
    if (member.key == "properties" && member.value.IsObject()) {
      const auto& properties = *member.value.IfObject();
      if (std::ranges::any_of(properties, [&](const JsonMember& property) {
            return CanRefuse(value.Below(property.value), "", seen);
          })) {
        return true;
      }
      continue;
    }
    return true;
  }
  return false;
}

bool CanRefuse(const Node& node, std::string_view type) {
  std::set<const Json*> seen;
  return CanRefuse(node, type, seen);
}

// A condition that an operation can meet, and what makes that so.
struct Met {
  std::string_view condition;
  Node place;
};

Node SchemaOfParameter(const Node& parameter) {
  const Node content = parameter["content"];
  const Json::Object* types = content ? content.json().IfObject() : nullptr;
  if (types == nullptr || types->empty()) return parameter["schema"];
  return content.Below(types->front().value).Follow()["schema"];
}

void AddConditionsOfParameters(const std::vector<Node>& parameters, std::vector<Met>& conditions) {
  for (const Node& parameter : parameters) {
    const bool in_path = parameter["in"].Text() == "path";
    const bool may_lack = parameter["required"].Flag() && !in_path;
    const Node schema = SchemaOfParameter(parameter);
    if (!may_lack && (!schema || !CanRefuse(schema, "string"))) continue;
    const std::string_view condition = in_path ? "bad_path" : "bad_query";
    if (std::ranges::find(conditions, condition, &Met::condition) == conditions.end()) {
      conditions.push_back({condition, parameter});
    }
  }
}

// A text and bytes are what they are, unless there must be some.
bool CanBeMalformed(const Operation& operation) {
  return operation.needs_body() ||
         std::ranges::any_of(operation.bodies(), [](const BodyType& type) {
           return type.kind != BodyKind::kText && type.kind != BodyKind::kBytes;
         });
}

std::vector<Met> ConditionsOf(const Node& vendor, const Node& node,
                              const std::vector<Node>& parameters, const Operation& operation) {
  std::vector<Met> conditions;
  const bool needs_none = operation.credentials() && operation.credentials()->empty();
  if (!operation.contract->credentials.empty() && !needs_none) {
    const Node credentials = vendor["credentials"];
    conditions = {{"no_credential", credentials},
                  {"unknown_credential", credentials},
                  {"no_permission", credentials}};
  }
  AddConditionsOfParameters(parameters, conditions);
  conditions.push_back({"not_acceptable", node});
  if (operation.bodies().empty()) return conditions;
  const Node body = node["requestBody"];
  conditions.push_back({"media_type", body});
  conditions.push_back({"undecodable", body});
  if (CanBeMalformed(operation)) conditions.push_back({"malformed_body", body});
  const Node content = body.Follow()["content"];
  for (const BodyType& type : operation.bodies()) {
    const Node media = content[type.type];
    const Node schema = media ? media.Follow()["schema"] : media;
    const bool takes_any = type.kind == BodyKind::kText || type.kind == BodyKind::kBytes;
    if (!schema || !CanRefuse(schema, takes_any                                           ? "string"
                                      : type.only_objects || type.kind != BodyKind::kJson ? "object"
                                                                                          : "")) {
      continue;
    }
    conditions.push_back({"invalid", schema});
    break;
  }
  return conditions;
}

// True for a condition that is met only where 'conditions' names it, or keys.yaml does.
bool IsUpToOthers(std::string_view condition) {
  static constexpr std::array<std::string_view, 5> kThose = {
      "unknown_credential", "no_permission", "not_acceptable", "media_type", "undecodable"};
  return std::ranges::find(kThose, condition) != kThose.end();
}

}  // namespace

void CheckAnswered(ContractReading& reading, const Node& node, const std::vector<Node>& parameters,
                   const Operation& operation, std::set<std::string_view>& unnamed) {
  const Contract& contract = *operation.contract;
  const Node vendor = reading.Top()["x-mockduit"];
  for (const auto& [condition, place] : ConditionsOf(vendor, node, parameters, operation)) {
    const ConditionOutcome* named = operation.FindCondition(condition);
    if (named == nullptr) {
      if (IsUpToOthers(condition) || !unnamed.insert(condition).second) continue;
      reading.Wrong(place, operation.name + " can meet the condition '" + std::string(condition) +
                               "' here, which no 'conditions' names");
      continue;
    }
    if (operation.FindOutcome(named->outcome) != nullptr ||
        contract.FindShared(named->outcome) != nullptr) {
      continue;
    }
    reading.Wrong(node["responses"], operation.name + " has no outcome '" + named->outcome +
                                         "', which answers the condition '" +
                                         std::string(condition) + "'");
  }
}

}  // namespace mockduit
