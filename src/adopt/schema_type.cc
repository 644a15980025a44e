#include "adopt/schema_type.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace mockduit {
namespace {

constexpr int kMaxNested = 40;  // of schemas within each other that have no type of their own

bool IsNullableAt(int depth, const Json& schema, References& references) {
  const Json* resolved = references.Follow(schema);
  if (resolved == nullptr || resolved->Get("nullable").AsBool()) return true;
  const Json& type = resolved->Get("type");
  if (const Json::Array* types = type.IfArray()) {
    return std::ranges::find(*types, Json("null")) != types->end();
  }
  if (type.IsString() || depth == kMaxNested) return type == Json("null");
  const auto is_nullable = [&](const Json& part) {
    return IsNullableAt(depth + 1, part, references);
  };
  for (const char* keyword : {"anyOf", "oneOf"}) {
    const Json::Array* choices = resolved->Get(keyword).IfArray();
    if (choices != nullptr && std::ranges::any_of(*choices, is_nullable)) return true;
  }
  const Json::Array* all = resolved->Get("allOf").IfArray();
  return all != nullptr && !all->empty() && std::ranges::all_of(*all, is_nullable);
}

}  // namespace

std::string_view TypeOf(const Json& schema) {
  const Json& type = schema.Get("type");
  if (type.IsString()) return type.AsString();
  if (const Json::Array* types = type.IfArray()) {
    for (const Json& one : *types) {
      if (one.AsString() != "null") return one.AsString();
    }
    return types->empty() ? "" : "null";
  }
  const auto has = [&](std::initializer_list<std::string_view> keywords) {
    return std::ranges::any_of(keywords,
                               [&](std::string_view word) { return schema.Find(word) != nullptr; });
  };
  if (has({"properties", "required", "additionalProperties", "patternProperties",
           "minProperties"})) {
    return "object";
  }
  if (has({"items", "prefixItems", "minItems", "uniqueItems", "contains"})) return "array";
  if (has({"minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"})) {
    return "number";
  }
  return has({"pattern", "minLength", "maxLength", "format"}) ? "string" : "";
}

bool TakesType(const Json& schema, const Json& value) {
  const auto takes = [&](const Json& type) {
    const std::string_view name = type.AsString();
    return (name == "string" && value.IsString()) || (name == "boolean" && value.IsBool()) ||
           (name == "object" && value.IsObject()) || (name == "array" && value.IsArray()) ||
           (name == "null" && value.IsNull()) || (name == "number" && value.IsNumber()) ||
           (name == "integer" && value.IsNumber() &&
            value.AsNumber() == std::floor(value.AsNumber()));
  };
  const Json& type = schema.Get("type");
  if (const Json::Array* types = type.IfArray()) return std::ranges::any_of(*types, takes);
  return !type.IsString() || takes(type);
}

Json NarrowerType(const Json& type, const Json& other) {
  const auto list = [](const Json& one) {
    return one.IsArray() ? *one.IfArray() : Json::Array{one};
  };
  Json both = Json::MakeArray();
  for (const Json& one : list(type)) {
    for (const Json& another : list(other)) {
      const bool is_narrower = one == Json("integer") && another == Json("number");
      const bool is_wider = one == Json("number") && another == Json("integer");
      if (one == another || is_narrower) both.Append(one);
      if (is_wider) both.Append(another);
    }
  }
  if (both.IfArray()->empty()) return type;
  return both.IfArray()->size() == 1 ? both.IfArray()->front() : both;
}

bool IsNullable(const Json& schema, References& references) {
  return IsNullableAt(0, schema, references);
}

}  // namespace mockduit
