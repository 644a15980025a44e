#include "adopt/member_choice.h"

#include <utility>

#include "adopt/other_value.h"
#include "adopt/scalar_samples.h"
#include "base/pattern.h"

namespace mockduit {
namespace {

// What the schema says of the names of members.
Json SchemaOfNames(const Json& schema, References& references) {
  Json of_names = MergedSchema(schema.Get("propertyNames"), references, 0).schema;
  const Json::Object* patterns = schema.Get("patternProperties").IfObject();
  const bool is_one_of_these = schema.Get("additionalProperties") == Json(false);
  if (patterns != nullptr && !patterns->empty() && is_one_of_these) {
    of_names.Set("pattern", patterns->front().key);
  }
  return of_names;
}

// Of the schemas that hold at times, what the first that lists the member says of it.
const Json* SchemaAtTimes(const Merged& merged, const std::string& name, References& references) {
  for (const Json* at_times : merged.at_times) {
    const Json* schema = references.Follow(*at_times);
    const Json* property = schema != nullptr ? schema->Get("properties").Find(name) : nullptr;
    if (property != nullptr) return property;
  }
  return nullptr;
}

}  // namespace

std::string NameOfMember(const Json& schema, std::size_t number, References& references) {
  const Json::Array* choices = schema.Get("propertyNames").Get("enum").IfArray();
  if (choices != nullptr && number <= choices->size()) {
    return std::string((*choices)[number - 1].AsString());
  }
  const Json of_names = SchemaOfNames(schema, references);
  std::string usual = "key_" + std::to_string(number);
  if (of_names.IfObject()->empty()) return usual;
  const auto first = SampleText(of_names, "key");
  if (!first || number == 1) return first ? first->text : usual;
  const auto other = OtherValue(Json(first->text), of_names, references, number - 1);
  return other ? std::string(other->AsString()) : usual;
}

Json SchemaOfMember(const Merged& merged, const std::string& name, References& references) {
  if (const Json* at_times = SchemaAtTimes(merged, name, references)) return *at_times;
  Json all = Json::MakeArray();
  if (const Json::Object* patterns = merged.schema.Get("patternProperties").IfObject()) {
    for (const auto& [pattern, schema] : *patterns) {
      const auto compiled = Pattern::CompileEcma(pattern);
      if (compiled && compiled->Matches(name)) all.Append(schema);
    }
  }
  if (!all.IfArray()->empty()) return Json::MakeObject({{"allOf", std::move(all)}});
  const Json& rest = merged.schema.Get("additionalProperties");
  return rest.IsObject() ? rest : Json::MakeObject({{"type", "string"}});
}

Merged WithDependent(const Json& schema, References& references) {
  const Json::Object* dependent = schema.Get("dependentSchemas").IfObject();
  Json all = Json::MakeArray({schema});
  (*all.IfArray())[0].Remove("dependentSchemas");
  for (const auto& [name, part] : *dependent) {
    if (schema.Get("properties").Find(name) != nullptr) all.Append(part);
  }
  Merged whole = MergedSchema(Json::MakeObject({{"allOf", std::move(all)}}), references, 0);
  whole.at_times.clear();  // these would lead into what is made here alone
  return whole;
}

}  // namespace mockduit
