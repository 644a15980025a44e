#include "adopt/other_value.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adopt/merged_schema.h"
#include "adopt/scalar_samples.h"
#include "adopt/schema_type.h"
#include "base/pattern.h"
#include "base/text.h"
#include "contract/formats.h"

namespace mockduit {
namespace {

constexpr int kMostBelow = 10;  // levels of a value that are looked at
constexpr double kMost = 9e15;  // up to there a double holds every whole number

// Whether a text is good by what its schema says of texts.
class TextRules {
 public:
  explicit TextRules(const Json& schema) : schema_(schema) {
    for (const std::string& pattern : PatternsOf(schema)) {
      if (auto compiled = Pattern::CompileEcma(pattern)) patterns_.push_back(*std::move(compiled));
    }
  }

  bool Take(std::string_view text) const {
    return text.size() >= CountOf(schema_, "minLength", 0) &&
           text.size() <= CountOf(schema_, "maxLength", 1'000'000) &&
           !WhyNotOfFormat(schema_.Get("format").AsString(), text) &&
           std::ranges::all_of(patterns_, [&](const Pattern& one) { return one.Matches(text); });
  }

 private:
  const Json& schema_;
  std::vector<Pattern> patterns_;
};

// With a number behind it, else with another letter or digit somewhere, the last first.
std::optional<Json> OtherText(const std::string& text, const Json& schema, std::size_t number) {
  const TextRules rules(schema);
  const std::string numbered = text + " " + std::to_string(number + 1);
  if (schema.Find("format") == nullptr && rules.Take(numbered)) return Json(numbered);
  constexpr std::string_view kKinds[] = {"0123456789", "abcdefghijklmnopqrstuvwxyz",
                                         "ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
  for (std::size_t i = text.size(); i-- > 0;) {
    for (const std::string_view kind : kKinds) {
      if (!kind.contains(text[i])) continue;
      for (const char c : kind) {
        std::string other = text;
        other[i] = c;
        if (c != text[i] && rules.Take(other) && --number == 0) return Json(std::move(other));
      }
    }
  }
  return std::nullopt;
}

// So many steps above it, or below it where there is no room.
std::optional<Json> OtherNumber(const Json& value, const Json& schema, std::size_t number) {
  const auto is_in = [&](double one) {
    const auto bound = [&](std::string_view keyword, double none) {
      return schema.Get(keyword).IsNumber() ? schema.Get(keyword).AsNumber() : none;
    };
    const bool is_below = schema.Get("exclusiveMaximum").AsBool() ? one < bound("maximum", kMost)
                                                                  : one <= bound("maximum", kMost);
    const bool is_above = schema.Get("exclusiveMinimum").AsBool() ? one > bound("minimum", -kMost)
                                                                  : one >= bound("minimum", -kMost);
    return is_below && is_above && one < bound("exclusiveMaximum", kMost) &&
           one > bound("exclusiveMinimum", -kMost);
  };
  const Json& multiple = schema.Get("multipleOf");
  const double step = multiple.AsNumber() > 0 ? multiple.AsNumber() : 1;
  for (const double apart : {step, -step}) {
    for (double other = value.AsNumber() + apart; is_in(other); other += apart) {
      if (--number > 0) continue;
      const bool is_whole = other == std::floor(other);
      return is_whole ? Json(static_cast<std::int64_t>(other)) : Json(other);
    }
  }
  return std::nullopt;
}

class Maker {
 public:
  explicit Maker(References& references) : references_(references) {}

  std::optional<Json> Make(const Json& value, const Json& schema, std::size_t number, int depth) {
    if (depth > kMostBelow) return std::nullopt;
    const Json merged = MergedSchema(schema, references_, 0).schema;
    if (merged.Find("const") != nullptr) return std::nullopt;
    if (const Json::Array* choices = merged.Get("enum").IfArray()) {
      return OtherChoice(value, merged, *choices, number);
    }
    if (value.IsString()) return OtherText(std::string(value.AsString()), merged, number);
    if (value.IsNumber()) return OtherNumber(value, merged, number);
    if (value.IsBool() && number == 1) return Json(!value.AsBool());
    if (value.IsObject()) return OtherObject(value, merged, number, depth);
    if (value.IsArray()) return OtherList(value, merged, number, depth);
    const bool may_be_null = !value.IsNull() && IsNullable(schema, references_);
    return may_be_null ? std::optional(Json()) : std::nullopt;
  }

 private:
  static std::optional<Json> OtherChoice(const Json& value, const Json& schema,
                                         const Json::Array& choices, std::size_t number) {
    for (const Json& choice : choices) {
      if (choice == value || !TakesType(schema, choice)) continue;
      if (--number == 0) return choice;
    }
    return std::nullopt;
  }

  // With another value of the first member that has so many, else with one more member.
  std::optional<Json> OtherObject(const Json& value, const Json& schema, std::size_t number,
                                  int depth) {
    Json other = value;
    for (JsonMember& member : *other.IfObject()) {
      const Json* property = schema.Get("properties").Find(member.key);
      if (property == nullptr) continue;
      if (auto made = Make(member.value, *property, number, depth + 1)) {
        member.value = *std::move(made);
        return other;
      }
    }
    const Json& rest = schema.Get("additionalProperties");
    const bool is_free = rest.IsNull() || rest == Json(true);
    if (!is_free || schema.Find("patternProperties") != nullptr) return std::nullopt;
    if (schema.Get("unevaluatedProperties") == Json(false)) return std::nullopt;
    other.Set("key_" + std::to_string(number), "example");
    return other;
  }

  std::optional<Json> OtherList(const Json& value, const Json& schema, std::size_t number,
                                int depth) {
    const Json* items = schema.Find("items");
    if (items == nullptr || value.IfArray()->empty()) return std::nullopt;
    auto made = Make(value.IfArray()->back(), *items, number, depth + 1);
    if (!made) return std::nullopt;
    Json other = value;
    other.IfArray()->back() = *std::move(made);
    return other;
  }

  References& references_;
};

}  // namespace

std::optional<Json> OtherValue(const Json& value, const Json& schema, References& references,
                               std::size_t number) {
  return number > 0 ? Maker(references).Make(value, schema, number, 0) : std::nullopt;
}

}  // namespace mockduit
