#include "contract/language/condition.h"

#include <algorithm>

namespace mockduit {

Result<Asked> Asked::Compile(const Json& json) {
  Asked asked;
  auto source = JsonTemplate::Compile(json);
  if (!source) return std::unexpected(source.error());
  asked.source_ = std::move(*source);
  if (!asked.source_.IsConstant()) return asked;
  auto matcher = ValueMatcher::Compile(json);
  if (!matcher) return std::unexpected(matcher.error());
  asked.matcher_ = std::move(*matcher);
  return asked;
}

bool Asked::Of(const Json* value, Scope& scope) const {
  if (matcher_) return matcher_->Matches(value);
  const auto matcher = ValueMatcher::Compile(source_.Value(scope));
  return matcher && matcher->Matches(value);
}

std::optional<ValueMatcher> Asked::Filled(Scope& scope) const {
  if (matcher_) return matcher_;
  Json source = source_.Value(scope);
  if (Json::Object* members = source.IfObject()) {
    std::erase_if(*members, [](const JsonMember& member) { return member.value.IsNull(); });
    if (members->empty()) return std::nullopt;
  }
  if (source.IsNull()) return std::nullopt;
  auto matcher = ValueMatcher::Compile(source);
  return matcher ? std::optional(std::move(*matcher)) : ValueMatcher::Nothing();
}

Result<Condition> Condition::Compile(const Json& json) {
  const Json::Array single = {json};
  Condition condition;
  for (const Json& map : json.IsArray() ? *json.IfArray() : single) {
    const Json::Object* members = map.IfObject();
    if (members == nullptr) return Fail("a condition is a map of names to what they must be");
    All& all = condition.any_.emplace_back();
    for (const auto& [name, asked] : *members) {
      auto hole = ParseHole(name);
      if (!hole) return std::unexpected(hole.error());
      auto compiled = Asked::Compile(asked);
      if (!compiled) return Fail(name + ": " + compiled.error().message);
      all.emplace_back(std::move(*hole), std::move(*compiled));
    }
  }
  return condition;
}

bool Condition::Holds(Scope& scope) const {
  if (any_.empty()) return true;
  return std::ranges::any_of(any_, [&](const All& all) {
    return std::ranges::all_of(all, [&](const auto& asked) {
      const Json value = ValueOf(asked.first, scope);
      return asked.second.Of(&value, scope);
    });
  });
}

}  // namespace mockduit
