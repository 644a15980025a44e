#include "contract/matcher.h"

#include <algorithm>

#include "base/suggest.h"

namespace mockduit {
namespace {

// A value as the text that a pattern is held against.
std::string TextOf(const Json& value) {
  return value.IsString() ? *value.IfString() : value.Dump();
}

bool Contains(const Json& value, const Json& part) {
  if (const Json::Array* items = value.IfArray()) {
    return std::ranges::find(*items, part) != items->end();
  }
  return TextOf(value).find(TextOf(part)) != std::string::npos;
}

// Numbers in a query or a header are texts; they compare as the numbers they write.
std::optional<double> NumberOf(const Json& value) {
  if (value.IsNumber()) return value.AsNumber();
  const auto parsed = Json::Parse(value.AsString());
  return parsed && parsed->IsNumber() ? std::optional(parsed->AsNumber()) : std::nullopt;
}

// "2026-01-15", with or without a time: such texts compare as they are.
bool IsDate(const Json& value) {
  static const Pattern kDate = *Pattern::Compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}");
  return value.IsString() && kDate.Matches(value.AsString());
}

// `left` against `right`: below 0, 0 or above; nothing where they cannot be compared.
std::optional<int> Compare(const Json& left, const Json& right) {
  if (IsDate(left) && IsDate(right)) {
    return left.AsString().compare(right.AsString());
  }
  const std::optional<double> a = NumberOf(left);
  const std::optional<double> b = NumberOf(right);
  if (!a || !b) return std::nullopt;
  return *a < *b ? -1 : *a > *b ? 1 : 0;
}

}  // namespace

Result<ValueMatcher> ValueMatcher::Compile(const Json& json) {
  static const std::vector<std::string> kOperators = {"matches", "contains", "one_of", "absent",
                                                      "gt",      "gte",      "lt",     "lte"};
  static constexpr Kind kKinds[] = {Kind::kMatches, Kind::kContains, Kind::kOneOf, Kind::kAbsent,
                                    Kind::kGt,      Kind::kGte,      Kind::kLt,    Kind::kLte};
  ValueMatcher matcher;
  matcher.source_ = json;
  matcher.operand_ = json;
  const Json::Object* members = json.IfObject();
  if (members == nullptr) return matcher;
  if (members->size() != 1) {
    return Fail("a matcher is a value, or a map with one of " + OrList(kOperators));
  }
  const auto& [name, operand] = members->front();
  const auto known = std::ranges::find(kOperators, name);
  if (known == kOperators.end()) {
    return Fail("'" + name + "' is no matcher" + DidYouMean(name, kOperators));
  }
  matcher.kind_ = kKinds[known - kOperators.begin()];
  matcher.operand_ = operand;
  if (matcher.kind_ == Kind::kOneOf && !operand.IsArray()) return Fail("one_of asks for a list");
  if (matcher.kind_ == Kind::kMatches && !operand.IsString()) {
    return Fail("matches asks for a regular expression in quotes");
  }
  if (matcher.kind_ == Kind::kAbsent && !operand.IsBool()) {
    return Fail("absent asks for true or false");
  }
  if (matcher.kind_ >= Kind::kGt && !NumberOf(operand) && !IsDate(operand)) {
    return Fail(name + " asks for a number or a date");
  }
  if (matcher.kind_ == Kind::kMatches) {
    auto pattern = Pattern::Compile(operand.AsString());
    if (!pattern) return std::unexpected(pattern.error());
    matcher.pattern_ = std::make_shared<const Pattern>(std::move(*pattern));
  }
  return matcher;
}

bool ValueMatcher::Matches(const Json* value) const {
  const bool absent = value == nullptr || value->IsNull();
  if (kind_ == Kind::kAbsent) return absent == operand_.AsBool(true);
  if (absent) return kind_ == Kind::kEquals && operand_.IsNull();
  switch (kind_) {
    case Kind::kEquals: return *value == operand_ || TextOf(*value) == TextOf(operand_);
    case Kind::kMatches: return pattern_->Matches(TextOf(*value));
    case Kind::kContains: return Contains(*value, operand_);
    case Kind::kOneOf:
      return std::ranges::any_of(*operand_.IfArray(), [&](const Json& one) {
        return *value == one || TextOf(*value) == TextOf(one);
      });
    default: break;
  }
  const std::optional<int> order = Compare(*value, operand_);
  if (!order) return false;
  switch (kind_) {
    case Kind::kGt: return *order > 0;
    case Kind::kGte: return *order >= 0;
    case Kind::kLt: return *order < 0;
    default: return *order <= 0;
  }
}

bool GlobMatches(std::string_view glob, std::string_view text) {
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last '*' met, and where its run began
  std::size_t run = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      run = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++run;
    } else {
      return false;
    }
  }
  return glob.substr(g).find_first_not_of('*') == std::string_view::npos;
}

}  // namespace mockduit
