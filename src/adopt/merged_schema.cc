#include "adopt/merged_schema.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>

#include "adopt/schema_type.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxParts = 200;
constexpr std::size_t kMaxShapes = 20;
constexpr std::size_t kMaxMixed = 12;  // of several choices, so many ways to take one of each

bool IsOfNull(const Json& schema) { return schema.Get("type").AsString() == "null"; }

class Merger {
 public:
  Merger(References& references, std::size_t choice) : references_(references), choice_(choice) {}

  Merged merged{.schema = Json::MakeObject(), .parts = {}, .at_times = {}};

  void Add(const Json& written) {
    const Json& schema = references_.PlaceOf(written);
    if (schema == Json(false)) merged.is_impossible = true;
    if (merged.parts.size() > kMaxParts || !schema.IsObject()) return;
    if (std::ranges::find(merged.parts, &schema) != merged.parts.end()) return;
    merged.parts.push_back(&schema);
    if (const Json* reference = schema.Find("$ref")) {
      if (const Json* target = references_.Find(reference->AsString())) Add(*target);
    }
    const bool is_reference = schema.Find("$ref") != nullptr;
    for (const auto& [key, value] : *schema.IfObject()) {
      // What is shown beside a reference is meant for that place.
      if (is_reference && (key == "example" || key == "examples" || key == "default")) {
        merged.schema.Remove("example");
        merged.schema.Set(key, value);
      }
      AddKeyword(key, value);
    }
    for (const char* keyword : {"then", "else"}) {
      if (const Json* conditional = schema.Find(keyword)) merged.at_times.push_back(conditional);
    }
    if (const Json::Array* all = schema.Get("allOf").IfArray()) {
      for (const Json& part : *all) Add(part);
    }
    for (const char* keyword : {"oneOf", "anyOf"}) {
      if (const Json::Array* choices = schema.Get(keyword).IfArray()) Choose(schema, *choices);
    }
  }

 private:
  void AddKeyword(const std::string& key, const Json& value) {
    if (key == "$ref" || key == "allOf" || key == "anyOf" || key == "oneOf") return;
    Json* there = merged.schema.Find(key);
    if (there == nullptr) {
      merged.schema.Set(key, value);
    } else if ((key == "properties" || key == "patternProperties") && there->IsObject() &&
               value.IsObject()) {
      for (const auto& [name, property] : *value.IfObject()) AddProperty(*there, name, property);
    } else if (key == "items" || key == "additionalProperties" || key == "propertyNames") {
      *there = Both(*there, value);
    } else if (key == "type") {
      *there = NarrowerType(*there, value);
    } else if (key == "multipleOf" && value.IsNumber() && there->IsNumber()) {
      *there = CommonMultiple(*there, value);
    } else if (key == "pattern" && *there != value) {
      if (!there->IsArray()) *there = Json::MakeArray({*there});
      there->Append(value);
    } else if (key == "uniqueItems") {
      *there = Json(there->AsBool() || value.AsBool());
    } else if (key == "required" && there->IsArray() && value.IsArray()) {
      for (const Json& name : *value.IfArray()) {
        if (std::ranges::find(*there->IfArray(), name) == there->IfArray()->end()) {
          there->Append(name);
        }
      }
    } else if (IsLeast(key) && value.IsNumber() && there->IsNumber()) {
      if (value.AsNumber() > there->AsNumber()) *there = value;
    } else if (IsMost(key) && value.IsNumber() && there->IsNumber()) {
      if (value.AsNumber() < there->AsNumber()) *there = value;
    } else if (key == "enum" && there->IsArray() && value.IsArray()) {
      std::erase_if(*there->IfArray(), [&](const Json& choice) {
        return std::ranges::find(*value.IfArray(), choice) == value.IfArray()->end();
      });
    }
  }

  // What two parts say of one property holds together.
  static void AddProperty(Json& properties, const std::string& name, const Json& property) {
    Json* there = properties.Find(name);
    if (there == nullptr) {
      properties.Set(name, property);
    } else {
      *there = Both(*there, property);
    }
  }

  static bool IsLeast(std::string_view key) {
    return key.starts_with("min") || key == "exclusiveMinimum";
  }
  static bool IsMost(std::string_view key) {
    return key.starts_with("max") || key == "exclusiveMaximum";
  }

  // What is good by two schemas, either of which may be true or false.
  static Json Both(const Json& one, const Json& other) {
    if (one == other || other == Json(true) || one == Json(false)) return one;
    if (one == Json(true) || other == Json(false)) return other;
    return Json::MakeObject({{"allOf", Json::MakeArray({one, other})}});
  }

  // Of numbers with a few decimals; of others the larger.
  static Json CommonMultiple(const Json& one, const Json& other) {
    for (double scale = 1; scale <= 1e6; scale *= 10) {
      const double a = one.AsNumber() * scale;
      const double b = other.AsNumber() * scale;
      if (std::abs(a - std::round(a)) > 1e-6 || std::abs(b - std::round(b)) > 1e-6) continue;
      if (a < 1 || b < 1 || a > 1e9 || b > 1e9) break;
      const std::int64_t common = std::lcm(std::llround(a), std::llround(b));
      return scale == 1 ? Json(common) : Json(static_cast<double>(common) / scale);
    }
    return one.AsNumber() < other.AsNumber() ? other : one;
  }

  void Choose(const Json& schema, const Json::Array& choices) {
    std::vector<const Json*> good;
    for (const Json& choice : choices) {
      if (!IsOfNull(choice)) good.push_back(&choice);
    }
    if (good.empty() && !choices.empty()) good.push_back(&choices.front());
    if (good.empty()) merged.is_impossible = true;
    if (good.empty()) return;
    // Each way to take one of each comes once, those with the same number of all in front.
    const Json& chosen = *good[(choice_ % ways_ + choice_ / ways_) % good.size()];
    if (ways_ < kMaxMixed) ways_ *= good.size();
    merged.choices = std::max({merged.choices, good.size(), std::min(ways_, kMaxMixed)});
    Add(chosen);
    const std::string_view property = schema.Get("discriminator").Get("propertyName").AsString();
    const std::string name = NameOf(chosen, schema.Get("discriminator").Get("mapping"));
    if (property.empty() || name.empty()) return;
    Json* properties = merged.schema.Find("properties");
    if (properties == nullptr) properties = &merged.schema.Set("properties", Json::MakeObject());
    const Json* declared = properties->Find(property);
    if (declared != nullptr && IsFixed(*declared)) return;
    properties->Set(property, Json::MakeObject({{"const", name}}));
  }

  bool IsFixed(const Json& property) {
    const Json* resolved = references_.Follow(property);
    return resolved != nullptr &&
           (resolved->Find("const") != nullptr || resolved->Find("enum") != nullptr);
  }

  // What a discriminator calls the choice.
  static std::string NameOf(const Json& chosen, const Json& mapping) {
    const std::string_view reference = chosen.Get("$ref").AsString();
    if (const Json::Object* names = mapping.IfObject()) {
      for (const auto& [name, target] : *names) {
        if (target.AsString() == reference) return name;
      }
    }
    return std::string(reference.substr(reference.rfind('/') + 1));
  }

  References& references_;
  std::size_t choice_;
  std::size_t ways_ = 1;  // to take one of each of the choices so far
};

}  // namespace

Merged MergedSchema(const Json& schema, References& references, std::size_t choice) {
  Merger merger(references, choice);
  merger.Add(schema);
  return std::move(merger.merged);
}

std::vector<Json> ShapesOf(const Json& schema, References& references) {
  std::vector<Json> shapes;
  std::size_t choices = 1;
  for (std::size_t i = 0; i < choices; ++i) {
    Merged merged = MergedSchema(schema, references, i);
    choices = std::max(choices, merged.choices);
    if (choices > kMaxShapes) return {};
    shapes.push_back(std::move(merged.schema));
  }
  return shapes;
}

const Json* PropertyOf(const Json& shape, const std::string& name) {
  return shape.Get("properties").Find(name);
}

}  // namespace mockduit
