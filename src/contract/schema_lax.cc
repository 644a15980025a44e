// How a value that is written in another way than its schema has it is read, as lenient readers of
// JSON do: a number or a flag as a word, a UUID in capitals or without dashes.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "contract/formats.h"
#include "contract/schema.h"

namespace mockduit {
namespace {

std::optional<bool> FlagOf(const Json& value) {
  static constexpr std::string_view kTrue[] = {"1", "on", "t", "true", "y", "yes"};
  static constexpr std::string_view kFalse[] = {"0", "off", "f", "false", "n", "no"};
  if (value.IsNumber()) {
    if (value.AsNumber() == 0) return false;
    return value.AsNumber() == 1 ? std::optional(true) : std::nullopt;
  }
  const std::string* text = value.IfString();
  if (text == nullptr) return std::nullopt;
  const std::string word = LowerCase(*text);
  if (std::ranges::find(kTrue, word) != std::end(kTrue)) return true;
  return std::ranges::find(kFalse, word) != std::end(kFalse) ? std::optional(false) : std::nullopt;
}

// Of a text, with blanks around it and a plus before it.
std::optional<double> NumberOf(const Json& value) {
  if (value.IsBool()) return value.AsBool() ? 1 : 0;
  const std::string* text = value.IfString();
  if (text == nullptr) return std::nullopt;
  std::string_view digits = Trim(*text);
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  return ParseNumber<double>(digits);
}

std::optional<Json> As(const Json& value, std::string_view type) {
  if (type == "boolean") {
    const auto flag = FlagOf(value);
    return flag ? std::optional(Json(*flag)) : std::nullopt;
  }
  if (type != "integer" && type != "number") return std::nullopt;
  const auto number = NumberOf(value);
  if (!number) return std::nullopt;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const bool whole = *number == std::floor(*number) && std::abs(*number) < kExact;
  if (whole) return Json(static_cast<std::int64_t>(*number));
  return type == "number" ? std::optional(Json(*number)) : std::nullopt;
}

}  // namespace

void Schema::ReadLaxly(Json& value) const {
  Parts parts;
  AddApplying(value, parts);
  for (const Schema* part : parts) part->ReadOneLaxly(value);
}

void Schema::ReadOneLaxly(Json& value) const {
  const auto is_its = [&](const std::string& type) {
    return value.TypeName() == type || (type == "number" && value.IsNumber()) ||
           (type == "integer" && value.IsInteger());
  };
  const bool fits = types_.empty() || std::ranges::any_of(types_, is_its);
  for (std::size_t i = 0; !fits && i < types_.size(); ++i) {
    if (auto read = As(value, types_[i])) {
      value = std::move(*read);
      break;
    }
  }
  if (format_ == "uuid" && value.IsString()) {
    if (auto uuid = CanonicalUuid(*value.IfString())) value = std::move(*uuid);
  }
  if (Json::Array* items = value.IfArray(); items != nullptr && items_ != nullptr) {
    for (Json& item : *items) items_->ReadLaxly(item);
  }
  if (Json::Object* members = value.IfObject()) {
    for (JsonMember& member : *members) {
      const auto property = std::ranges::find(properties_, member.key, &Property::name);
      if (property != properties_.end()) property->schema->ReadLaxly(member.value);
    }
  }
}

}  // namespace mockduit
