// Values as a whole, texts and numbers.
#include <algorithm>

#include "base/decimal.h"
#include "base/utf8.h"
#include "contract/formats.h"
#include "contract/schema/check.h"

namespace mockduit {
namespace {

// 1.0 as 1.
std::string NumberText(const Json& number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: below it the cast is sound and exact
  const double value = number.AsNumber();
  const bool whole = number.IsInteger() && value > -kExact && value < kExact;
  return whole ? std::to_string(number.AsInteger()) : number.Dump();
}

bool IsMultiple(const Json& number, const Json& of) {
  const bool are_small = number.IfDigits() == nullptr && number.kind() == Json::Kind::kInteger &&
                         of.IfDigits() == nullptr && of.kind() == Json::Kind::kInteger;
  if (are_small) return number.AsInteger() % of.AsInteger() == 0;
  return Decimal(number.Dump()).IsMultipleOf(Decimal(of.Dump()));
}

}  // namespace

void SchemaCheck::CheckValue(const ValueRules& rules) {
  if (rules.choices) {
    const std::string* text = value_.IfString();
    const bool known = text != nullptr
                           ? rules.texts.contains(*text)
                           : std::ranges::find(*rules.choices, value_) != rules.choices->end();
    if (!known) Report("enum", Json(*rules.choices).Dump());
  }
  if (rules.constant && value_ != *rules.constant) Report("const", rules.constant->ToText());
}

void SchemaCheck::CheckText(const TextRules& rules, const std::string& text) {
  const bool measured = rules.min_length || rules.max_length;
  const std::size_t length = measured ? CountCharacters(text) : 0;
  if (rules.min_length && length < *rules.min_length) {
    Report("minLength", std::to_string(*rules.min_length));
  }
  if (rules.max_length && length > *rules.max_length) {
    Report("maxLength", std::to_string(*rules.max_length));
  }
  if (rules.pattern && !rules.pattern->Matches(text)) Report("pattern", rules.pattern_text);
  if (rules.is_of_format == nullptr) return;
  if (auto reason = rules.is_of_format->why_not(text)) {
    Report("format", rules.format, std::move(*reason));
  }
}

void SchemaCheck::CheckNumber(const NumberRules& rules) {
  const auto check = [&](const std::optional<Json>& bound, std::string_view keyword,
                         const auto& is_good) {
    if (bound && !is_good(Json::Compare(value_, *bound))) Report(keyword, NumberText(*bound));
  };
  check(rules.minimum, "minimum", [](auto order) { return order >= 0; });
  check(rules.maximum, "maximum", [](auto order) { return order <= 0; });
  check(rules.exclusive_minimum, "exclusiveMinimum", [](auto order) { return order > 0; });
  check(rules.exclusive_maximum, "exclusiveMaximum", [](auto order) { return order < 0; });
  if (rules.multiple_of && !IsMultiple(value_, *rules.multiple_of)) {
    Report("multipleOf", NumberText(*rules.multiple_of));
  }
  if (rules.is_of_format == nullptr) return;
  if (auto reason = rules.is_of_format->why_not(value_)) {
    Report("format", rules.format, std::move(*reason));
  }
}

}  // namespace mockduit
