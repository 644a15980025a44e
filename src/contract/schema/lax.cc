// How a value that is written in another way than its schema has it is read, as lenient readers of
// JSON do: a number or a flag as a word, a UUID in capitals or without dashes.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "contract/formats.h"
#include "contract/schema.h"
#include "contract/schema/applying.h"
#include "contract/schema/node.h"

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
std::optional<double> LaxNumber(const Json& value) {
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
  const auto number = LaxNumber(value);
  if (!number) return std::nullopt;
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const bool whole = *number == std::floor(*number) && std::abs(*number) < kExact;
  if (whole) return Json(static_cast<std::int64_t>(*number));
  return type == "number" ? std::optional(Json(*number)) : std::nullopt;
}

// What is read: all that can be written in another way, or "true" and "false" alone.
enum class Reads { kAll, kFlags };

void ReadBy(const SchemaNode& node, Json& value, Reads reads);

bool IsFlag(const Json& value) { return value == Json("true") || value == Json("false"); }

// What stands for a number, a flag or a UUID.
void ReadScalar(const SchemaNode& node, Json& value, Reads reads) {
  const bool fits = node.Takes(value.kind()) || (node.whole && value.IsInteger());
  for (const std::string_view type : {"boolean", "integer", "number"}) {
    const bool is_named = type == "boolean"   ? node.Takes(Json::Kind::kBoolean)
                          : type == "integer" ? node.Takes(Json::Kind::kInteger)
                                              : node.Takes(Json::Kind::kNumber);
    const bool is_read = reads == Reads::kAll || (type == "boolean" && IsFlag(value));
    if (fits || !is_named || !is_read) continue;
    if (auto read = As(value, type)) {
      value = std::move(*read);
      break;
    }
  }
  const bool is_uuid = node.text != nullptr && node.text->format.ends_with("uuid");
  if (reads == Reads::kAll && is_uuid && value.IsString()) {
    if (auto uuid = CanonicalUuid(*value.IfString())) value = std::move(*uuid);
  }
}

// By what one schema says itself.
void ReadByOne(const SchemaNode& node, Json& value, Reads reads) {
  ReadScalar(node, value, reads);
  if (Json::Array* items = value.IfArray();
      items != nullptr && node.array != nullptr && node.array->items != nullptr) {
    for (Json& item : *items) ReadBy(*node.array->items, item, reads);
  }
  Json::Object* members = value.IfObject();
  if (members == nullptr || node.object == nullptr) return;
  for (JsonMember& member : *members) {
    const auto& properties = node.object->properties;
    const auto property = std::ranges::find(properties, member.key, &ObjectRules::Property::name);
    if (property != properties.end()) ReadBy(*property->schema, member.value, reads);
  }
}

void ReadBy(const SchemaNode& node, Json& value, Reads reads) {
  SchemaNodes parts;
  AddApplying(node, value, parts);
  for (const SchemaNode* part : parts) ReadByOne(*part, value, reads);
}

}  // namespace

void Schema::ReadLaxly(Json& value) const { ReadBy(node_, value, Reads::kAll); }
void Schema::ReadFlags(Json& value) const { ReadBy(node_, value, Reads::kFlags); }

}  // namespace mockduit
