#include "contract/language/condition.h"

#include <algorithm>

namespace mockduit {

Compiled<Asked> Asked::Compile(const Json& json, const Names& names) {
  Asked asked;
  auto source = JsonTemplate::Compile(json, names);
  if (!source) return std::unexpected(std::move(source.error()));
  asked.source_ = *std::move(source);
  const auto wrong = [](std::string message) {
    return std::unexpected(std::vector<TemplateMistake>{{.message = std::move(message)}});
  };
  if (!asked.source_.IsConstant()) {
    if (auto why = ValueMatcher::WhyNever(json)) return wrong(std::move(*why));
    return asked;
  }
  auto matcher = ValueMatcher::Compile(json);
  if (!matcher) return wrong(matcher.error().message);
  asked.matcher_ = *std::move(matcher);
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

Compiled<Condition> Condition::Compile(const Json& json, const Names& names) {
  const bool is_list = json.IsArray();
  const Json::Array single = {json};
  Condition condition;
  std::vector<TemplateMistake> mistakes;
  std::string pointer;
  for (const Json& map : is_list ? *json.IfArray() : single) {
    if (is_list) pointer = "/" + std::to_string(condition.any_.size());
    All& all = condition.any_.emplace_back();
    const Json::Object* members = map.IfObject();
    if (members == nullptr || members->empty()) {
      mistakes.push_back(
          {.pointer = pointer, .message = "a condition is a map of names to what they must be"});
      continue;
    }
    for (const auto& [name, asked] : *members) {
      const std::string below = pointer + "/" + PointerToken(name);
      auto hole = ParseHole(name);
      if (!hole) {
        mistakes.push_back({below, true, hole.error().offset, hole.error().message});
      } else if (auto why = names.WhyUnknown(*hole)) {
        mistakes.push_back({below, true, hole->place, std::move(*why)});
      }
      auto compiled = Asked::Compile(asked, names);
      if (!compiled) {
        for (TemplateMistake& mistake : compiled.error()) {
          mistake.pointer.insert(0, below);
          mistakes.push_back(std::move(mistake));
        }
      }
      if (hole && compiled) all.emplace_back(*std::move(hole), *std::move(compiled));
    }
  }
  if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
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
