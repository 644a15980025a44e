#include "contract/text_shape.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace mockduit {
namespace {

// Schemas within each other that are looked into: deeper down, a text stays one.
constexpr int kMaxShapeDepth = 6;

const TextShape& AnyShape() {
  static const TextShape kAnything;
  return kAnything;
}

// Digits alone, as servers read what must be an integer.
std::optional<Json> ReadInteger(std::string_view text) {
  if (const auto integer = ParseNumber<std::int64_t>(text)) return Json(*integer);
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || !IsDigits(digits)) return std::nullopt;
  auto json = Json::Parse(text);  // more than 64 bits hold
  return json ? std::optional(std::move(*json)) : std::nullopt;
}

// "1e1" is 10 (RFC 8259, section 6). Blanks around it are none of it.
std::optional<Json> ReadNumber(std::string_view text) {
  if (auto integer = ReadInteger(text)) return integer;
  if (text.empty() || !IsDigit(text.back()) || (!IsDigit(text.front()) && text.front() != '-')) {
    return std::nullopt;
  }
  auto json = Json::Parse(text);
  return json && json->IsNumber() ? std::optional(std::move(*json)) : std::nullopt;
}

}  // namespace

TextShape TextShape::Of(const Node& schema, const Compile& compile) {
  TextShape shape;
  shape.Add(schema, compile, 0);
  const bool is_other = shape.integer_ || shape.number_ || shape.boolean_ || shape.null_;
  if (shape.text_ && is_other) shape.judge_ = compile(schema);
  return shape;
}

void TextShape::AddType(std::string_view type) {
  if (type == "string") text_ = true;
  if (type == "integer") integer_ = true;
  if (type == "number") number_ = true;
  if (type == "boolean") boolean_ = true;
  if (type == "null") null_ = true;
  if (type == "array") array_ = true;
  if (type == "object") object_ = true;
}

// What the schema and all that may apply with it say of one value.
void TextShape::Add(const Node& given, const Compile& compile, int depth) {
  const Node schema = given ? given.Follow() : given;
  if (!schema || !schema.json().IsObject() || depth > kMaxShapeDepth) return;
  const auto each = [](const Node& list, const auto& visit) {
    const Json::Array* items = list ? list.json().IfArray() : nullptr;
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) visit(list.Item(i));
  };
  const auto below = [&](const Node& part) {
    TextShape shape;
    shape.Add(part, compile, depth + 1);
    const bool is_other = shape.integer_ || shape.number_ || shape.boolean_ || shape.null_;
    if (shape.text_ && is_other) shape.judge_ = compile(part);
    return shape;
  };
  const Node type = schema["type"];
  if (type && type.IsText()) AddType(type.Text());
  each(type, [&](const Node& one) { AddType(one.Text()); });
  if (schema["nullable"].Flag()) null_ = true;
  if (!type) {
    each(schema["enum"], [&](const Node& value) { AddType(value.json().TypeName()); });
    if (const Node value = schema["const"]) AddType(value.json().TypeName());
    if (schema["items"] || schema["prefixItems"]) array_ = true;
  }
  if (const Node items = schema["items"]; items && item_.empty()) item_.push_back(below(items));
  const Node properties = schema["properties"];
  if (const Json::Object* members = properties ? properties.json().IfObject() : nullptr) {
    if (!type) object_ = true;
    for (const JsonMember& member : *members) {
      if (HasMember(member.key)) continue;
      members_.emplace_back(member.key, below(properties.Below(member.value)));
    }
  }
  if (const Node others = schema["additionalProperties"];
      others && others.json().IsObject() && additional_.empty()) {
    if (!type) object_ = true;
    additional_.push_back(below(others));
  }
  for (const std::string_view key : {"allOf", "anyOf", "oneOf"}) {
    each(schema[key], [&](const Node& part) { Add(part, compile, depth + 1); });
  }
}

const TextShape& TextShape::Item() const { return item_.empty() ? AnyShape() : item_.front(); }

const TextShape& TextShape::Member(std::string_view name) const {
  for (const auto& [known, shape] : members_) {
    if (known == name) return shape;
  }
  return additional_.empty() ? AnyShape() : additional_.front();
}

bool TextShape::HasMember(std::string_view name) const {
  return std::ranges::any_of(members_, [&](const auto& member) { return member.first == name; });
}

Json TextShape::Read(std::string_view text) const {
  const auto fits = [&](const Json& value) {
    return judge_ == nullptr || judge_->Validate(value, "").empty();
  };
  if (text_ && (judge_ == nullptr || fits(Json(text)))) return text;
  if (integer_ || number_) {
    auto number = number_ ? ReadNumber(text) : ReadInteger(text);
    if (number && fits(*number)) return std::move(*number);
  }
  if (boolean_ && (text == "true" || text == "false") && fits(text == "true")) {
    return text == "true";
  }
  if (null_ && text == "null" && fits(nullptr)) return nullptr;
  return text;
}

}  // namespace mockduit
