// Keywords about objects and their members.
#include <algorithm>
#include <array>

#include "contract/schema/keywords.h"

namespace mockduit {
namespace {

bool IsRequired(const Json& schema, const std::string& name) {
  const Json::Array* required = schema.Get("required").IfArray();
  return required != nullptr && std::ranges::find(*required, Json(name)) != required->end();
}

// Whether one side alone has to send it.
bool IsOfOneSide(const KeywordRead& in, const Json& property) {
  if (!in.compiler.rules().knows_sides) return false;
  const auto is_it = [](const Json& schema) {
    return schema.Get("readOnly").AsBool() || schema.Get("writeOnly").AsBool();
  };
  if (is_it(property)) return true;
  const Json& reference = property.Get("$ref");
  const Json* target =
      reference.IsString() ? in.compiler.FindReferred(reference.AsString()) : nullptr;
  return target != nullptr && is_it(*target);
}

void ReadRequired(const KeywordRead& in) {
  std::vector<std::string> names;
  ReadTexts(in, names);
  const Json& properties = in.whole.Get("properties");
  std::erase_if(names, [&](const std::string& name) { return properties.Find(name) != nullptr; });
  if (!names.empty()) Made(in.node.object).required = std::move(names);
}

void ReadProperties(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "an object")) return;
  ObjectRules& rules = Made(in.node.object);
  const bool is_object = IsOfTypeAlone("object", in.whole);
  for (const JsonMember& member : *in.value().IfObject()) {
    const SchemaNode* schema = in.compiler.Below(member.value);
    const bool required = IsRequired(in.whole, member.key);
    const bool knows_sides = in.compiler.rules().knows_sides;
    rules.properties.push_back({member.key, schema, required,
                                knows_sides && member.value.Get("readOnly").AsBool(),
                                knows_sides && member.value.Get("writeOnly").AsBool()});
    const bool is_demanded = required && is_object && !IsOfOneSide(in, member.value);
    if (is_demanded) in.compiler.Demand(in.node, schema, member.value);
  }
}

void ReadPatterns(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "a map of patterns to schemas")) return;
  for (const JsonMember& member : *in.value().IfObject()) {
    const SchemaNode* schema = in.compiler.Below(member.value);
    auto pattern = in.compiler.CompilePattern(member.value, member.key, true);
    if (pattern) Made(in.node.object).patterns.push_back({std::move(*pattern), schema});
  }
}

void ReadAdditional(const KeywordRead& in) {
  const bool good = in.value().IsBool() || in.value().IsObject();
  if (!in.Must(good, "true, false or a schema")) return;
  ObjectRules& rules = Made(in.node.object);
  rules.open = in.value().AsBool();
  if (!rules.open) rules.additional = in.compiler.Below(in.value());
}

void ReadNames(const KeywordRead& in) {
  Made(in.node.object).names = in.compiler.Below(in.value());
}

template <std::optional<std::size_t> ObjectRules::* Size>
void ReadObjectSize(const KeywordRead& in) {
  ReadSize(in, Made(in.node.object).*Size);
}

void AddDependentNames(const KeywordRead& in, const JsonMember& member) {
  std::vector<std::string> names;
  ReadTexts({in.compiler, in.node, member, in.whole}, names);
  Made(in.node.object).dependent_required.emplace_back(member.key, std::move(names));
}

void AddDependentSchema(const KeywordRead& in, const JsonMember& member) {
  const SchemaNode* schema = in.compiler.Below(member.value);
  Made(in.node.joint).dependent.emplace_back(member.key, schema);
  in.compiler.Share(in.node, schema, member.value);
}

void ReadDependentRequired(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "a map of names to lists of names")) return;
  for (const JsonMember& member : *in.value().IfObject()) AddDependentNames(in, member);
}

void ReadDependentSchemas(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "a map of names to schemas")) return;
  for (const JsonMember& member : *in.value().IfObject()) AddDependentSchema(in, member);
}

// Until draft 7 it was both.
void ReadDependencies(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "a map of names to schemas or lists of names")) return;
  for (const JsonMember& member : *in.value().IfObject()) {
    member.value.IsArray() ? AddDependentNames(in, member) : AddDependentSchema(in, member);
  }
}

constexpr std::array<SchemaKeyword, 10> kObjectKeywords = {{
    {"required", ReadRequired},
    {"properties", ReadProperties, SchemaIn::kMap},
    {"patternProperties", ReadPatterns, SchemaIn::kMap},
    {"additionalProperties", ReadAdditional, SchemaIn::kValue},
    {"propertyNames", ReadNames, SchemaIn::kValue},
    {"minProperties", ReadObjectSize<&ObjectRules::min_members>},
    {"maxProperties", ReadObjectSize<&ObjectRules::max_members>},
    {"dependentRequired", ReadDependentRequired},
    {"dependentSchemas", ReadDependentSchemas, SchemaIn::kMap},
    {"dependencies", ReadDependencies, SchemaIn::kMap},
}};

}  // namespace

std::span<const SchemaKeyword> ObjectKeywords() { return kObjectKeywords; }

}  // namespace mockduit
