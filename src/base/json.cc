#include "base/json.h"

#include <algorithm>
#include <cmath>

#include "base/decimal.h"
#include "base/text.h"

namespace mockduit {
namespace {

// The index that a token of a path names, or npos.
std::size_t Index(std::string_view token) {
  return ParseNumber<std::size_t>(token).value_or(std::string_view::npos);
}

const Json* Child(const Json& parent, std::string_view token) {
  if (const auto* array = parent.IfArray()) {
    const std::size_t index = Index(token);
    return index < array->size() ? &(*array)[index] : nullptr;
  }
  return parent.Find(token);
}

// Takes "/token" off the front of a pointer and gives the token unescaped.
std::string TakeToken(std::string_view& pointer) {
  const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
  const std::string_view token = pointer.substr(1, end - 1);
  pointer.remove_prefix(end);
  std::string key;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      key.push_back(token[++i] == '1' ? '/' : '~');
    } else {
      key.push_back(token[i]);
    }
  }
  return key;
}

}  // namespace

Json::Json() : value_(nullptr) {}
Json::Json(std::nullptr_t) : value_(nullptr) {}
Json::Json(bool value) : value_(value) {}
Json::Json(int value) : value_(std::int64_t{value}) {}
Json::Json(std::int64_t value) : value_(value) {}
Json::Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
Json::Json(double value) : value_(Real{value}) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(Array value) : value_(std::move(value)) {}
Json::Json(Object value) : value_(std::move(value)) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::MakeArray(std::initializer_list<Json> items) { return Array(items); }
Json Json::MakeObject(std::initializer_list<JsonMember> members) { return Object(members); }

bool Json::IsNull() const { return std::holds_alternative<std::nullptr_t>(value_); }
bool Json::IsBool() const { return std::holds_alternative<bool>(value_); }
bool Json::IsInteger() const {
  const Real* real = std::get_if<Real>(&value_);
  if (real == nullptr || real->digits != nullptr) return kind() == Kind::kInteger;
  return std::isfinite(real->number) && std::trunc(real->number) == real->number;
}
bool Json::IsNumber() const { return kind() == Kind::kInteger || kind() == Kind::kNumber; }
bool Json::IsString() const { return std::holds_alternative<std::string>(value_); }
bool Json::IsArray() const { return std::holds_alternative<Array>(value_); }
bool Json::IsObject() const { return std::holds_alternative<Object>(value_); }

std::string_view Json::TypeName() const {
  static constexpr std::string_view kNames[] = {"null",   "boolean", "integer", "number",
                                                "string", "array",   "object"};
  return kNames[static_cast<std::size_t>(kind())];
}

Json::Kind Json::KindOfDigits() const {
  return Decimal(*IfDigits()).IsWhole() ? Kind::kInteger : Kind::kNumber;
}

const std::string* Json::IfString() const { return std::get_if<std::string>(&value_); }
const Json::Array* Json::IfArray() const { return std::get_if<Array>(&value_); }
const Json::Object* Json::IfObject() const { return std::get_if<Object>(&value_); }
Json::Array* Json::IfArray() { return std::get_if<Array>(&value_); }
Json::Object* Json::IfObject() { return std::get_if<Object>(&value_); }

bool Json::AsBool(bool fallback) const {
  const bool* value = std::get_if<bool>(&value_);
  return value != nullptr ? *value : fallback;
}
std::int64_t Json::AsInteger(std::int64_t fallback) const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return *value;
  const Real* real = std::get_if<Real>(&value_);
  constexpr double kLimit = 9223372036854775808.0;  // 2^63: past it the cast has no meaning
  if (real == nullptr || !(real->number >= -kLimit && real->number < kLimit)) return fallback;
  return static_cast<std::int64_t>(real->number);
}
double Json::AsNumber(double fallback) const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*value);
  const Real* real = std::get_if<Real>(&value_);
  return real != nullptr ? real->number : fallback;
}
std::string_view Json::AsString(std::string_view fallback) const {
  const std::string* value = IfString();
  return value != nullptr ? std::string_view(*value) : fallback;
}

const Json* Json::Find(std::string_view key) const {
  const Object* members = IfObject();
  if (members == nullptr) return nullptr;
  for (const JsonMember& member : *members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}
Json* Json::Find(std::string_view key) { return const_cast<Json*>(std::as_const(*this).Find(key)); }

const Json& Json::Get(std::string_view key) const {
  static const Json kNone;
  const Json* member = Find(key);
  return member != nullptr ? *member : kNone;
}

const Json* Json::At(std::string_view pointer) const {
  const Json* at = this;
  while (at != nullptr && !pointer.empty()) {
    at = Child(*at, TakeToken(pointer));
  }
  return at;
}

const Json* Json::AtPath(std::string_view dotted) const {
  const Json* at = this;
  while (at != nullptr && !dotted.empty()) at = Child(*at, TakeUntil(dotted, "."));
  return at;
}

Json& Json::Set(std::string_view key, Json value) {
  if (Json* member = Find(key)) return *member = std::move(value);
  if (!IsObject()) value_ = Object();
  Object& members = *IfObject();
  members.push_back({std::string(key), std::move(value)});
  return members.back().value;
}

void Json::SetAt(std::string_view pointer, Json value) {
  Json* at = this;
  while (!pointer.empty()) {
    const std::string token = TakeToken(pointer);
    auto* child = const_cast<Json*>(Child(*at, token));
    at = child != nullptr ? child : &at->Set(token, Json());
  }
  *at = std::move(value);
}

void Json::SetPath(std::string_view dotted, Json value) {
  Json* at = this;
  while (!dotted.empty()) {
    const std::string_view key = TakeUntil(dotted, ".");
    auto* child = const_cast<Json*>(Child(*at, key));
    at = child != nullptr ? child : &at->Set(key, Json());
  }
  *at = std::move(value);
}

bool Json::Remove(std::string_view key) {
  Object* members = IfObject();
  if (members == nullptr) return false;
  return std::erase_if(*members, [&](const JsonMember& m) { return m.key == key; }) > 0;
}

bool Json::RemovePath(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  if (dot == std::string_view::npos) return Remove(dotted);
  auto* parent = const_cast<Json*>(AtPath(dotted.substr(0, dot)));
  return parent != nullptr && parent->Remove(dotted.substr(dot + 1));
}

void Json::Append(Json value) {
  if (!IsArray()) value_ = Array();
  IfArray()->push_back(std::move(value));
}

void Json::MergePatch(const Json& patch) {
  const Object* changes = patch.IfObject();
  if (changes == nullptr) {
    *this = patch;
    return;
  }
  if (!IsObject()) value_ = Object();
  for (const JsonMember& change : *changes) {
    if (change.value.IsNull()) {
      Remove(change.key);
      continue;
    }
    Json* member = Find(change.key);
    if (member == nullptr) member = &Set(change.key, Json());
    member->MergePatch(change.value);
  }
}

std::string Json::ToText() const {
  const std::string* text = IfString();
  return text != nullptr ? *text : Dump();
}

std::size_t Json::Hash() const {
  const auto mix = [](std::size_t hash, std::size_t more) {
    hash = (hash ^ more) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29U);
  };
  const std::hash<std::string_view> of_text;
  if (const Object* members = IfObject()) {
    std::size_t sum = members->size();  // in any order
    for (const JsonMember& member : *members) sum += mix(of_text(member.key), member.value.Hash());
    return mix(1, sum);
  }
  if (const Array* items = IfArray()) {
    std::size_t hash = 2;
    for (const Json& item : *items) hash = mix(hash, item.Hash());
    return hash;
  }
  if (const std::string* text = IfString()) return mix(3, of_text(*text));
  if (IsNumber()) return mix(4, std::hash<double>()(AsNumber()));
  return mix(5, value_.index() * 2 + (AsBool() ? 1 : 0));
}

bool operator==(const Json& a, const Json& b) {
  if (a.IsNumber() && b.IsNumber()) {
    const auto* left = std::get_if<std::int64_t>(&a.value_);
    const auto* right = std::get_if<std::int64_t>(&b.value_);
    if (left != nullptr && right != nullptr) return *left == *right;
    if (a.IfDigits() != nullptr || b.IfDigits() != nullptr) return Json::Compare(a, b) == 0;
    return a.AsNumber() == b.AsNumber();
  }
  const Json::Object* left = a.IfObject();
  const Json::Object* right = b.IfObject();
  if (left == nullptr || right == nullptr) {
    if (const auto* items = a.IfArray()) return b.IfArray() != nullptr && *items == *b.IfArray();
    if (const auto* text = a.IfString()) return b.IfString() != nullptr && *text == *b.IfString();
    return a.value_.index() == b.value_.index() && a.AsBool() == b.AsBool();
  }
  return left->size() == right->size() && std::ranges::all_of(*left, [&](const JsonMember& m) {
           const Json* other = b.Find(m.key);
           return other != nullptr && m.value == *other;
         });
}

// Where either is near to 0, doubles tell; else digits do.
std::strong_ordering Json::Compare(const Json& a, const Json& b) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double left = a.AsNumber();
  const double right = b.AsNumber();
  const bool is_text = a.IfDigits() != nullptr || b.IfDigits() != nullptr;
  if (!is_text && std::min(std::abs(left), std::abs(right)) < kExact) {
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
  }
  return Decimal(a.Dump()) <=> Decimal(b.Dump());
}

std::string PointerToken(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token.push_back(c);
    }
  }
  return token;
}

}  // namespace mockduit
