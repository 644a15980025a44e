#include "adopt/schema_type.h"

#include <algorithm>
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

bool IsNullable(const Json& schema, References& references) {
  return IsNullableAt(0, schema, references);
}

}  // namespace mockduit
