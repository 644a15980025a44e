#include "contract/schema.h"

#include <algorithm>

namespace mockduit {
// This schema and all that may apply to the same value, by turns.
void Schema::AddParts(Parts& parts) const {
  parts.push_back(this);
  for (const auto* schemas : {&all_of_, &any_of_, &one_of_}) {
    for (const Schema* part : *schemas) part->AddParts(parts);
  }
  for (const Condition& condition : conditions_) {
    for (const Schema* part : {condition.when, condition.then, condition.otherwise}) {
      if (part != nullptr) part->AddParts(parts);
    }
  }
}

Shape Schema::Members() const {
  Walk walk;
  return Members(walk);
}

Shape Schema::Members(Walk& walk) const {
  if (--walk.left < 0 || std::ranges::find(walk.above, this) != walk.above.end()) return {};
  walk.above.push_back(this);
  Shape members = MembersBelow(walk);
  walk.above.pop_back();
  return members;
}

Shape Schema::MembersBelow(Walk& walk) const {
  Parts parts;
  AddParts(parts);
  bool names_none = true;
  Shape members = Shape::Of({});
  std::optional<Shape> item;
  for (const Schema* part : parts) {
    if (part->open_ || part->additional_ != nullptr || !part->patterns_.empty()) return {};
    names_none = names_none && part->properties_.empty() && !part->closed_;
    for (const Property& property : part->properties_) {
      members = members.With(property.name, property.schema->Members(walk));
    }
    if (part->items_ == nullptr) continue;
    const Shape one = part->items_->Members(walk);
    item = item ? item->Or(one) : one;
  }
  const auto takes = [&](std::string_view type) {
    return std::ranges::any_of(parts, [&](const Schema* part) {
      return part->types_.empty() || std::ranges::find(part->types_, type) != part->types_.end();
    });
  };
  const bool says_type = !types_.empty();
  if (says_type && !takes("object") && !takes("array")) return Shape::Leaf();
  if (item && names_none) return Shape::ListOf(*std::move(item));
  return names_none ? Shape() : members;
}

// This schema and all that it refers to for `value` itself.
void Schema::AddApplying(const Json& value, Parts& parts) const {
  parts.push_back(this);
  for (const Schema* part : all_of_) part->AddApplying(value, parts);
  for (const auto* choices : {&any_of_, &one_of_}) {
    const auto takes = [&](const Schema* choice) { return choice->Validate(value, "").empty(); };
    const bool none = std::ranges::none_of(*choices, takes);  // then any may be meant
    for (const Schema* choice : *choices) {
      if (none || takes(choice)) choice->AddApplying(value, parts);
    }
  }
  for (const Condition& condition : conditions_) {
    const bool holds = condition.when->Validate(value, "").empty();
    if (holds) condition.when->AddApplying(value, parts);
    const Schema* next = holds ? condition.then : condition.otherwise;
    if (next != nullptr) next->AddApplying(value, parts);
  }
}

void Schema::SurveyMember(const Parts& parts, const std::string& name, const Json& value,
                          std::vector<std::string>& path, const Survey& tell) {
  Parts naming;
  Parts taking;
  for (const Schema* part : parts) {
    const auto property = std::ranges::find(part->properties_, name, &Property::name);
    if (property != part->properties_.end()) naming.push_back(property->schema);
    for (const auto& [pattern, schema] : part->patterns_) {
      if (pattern.Matches(name)) naming.push_back(schema);
    }
    if (part->additional_ != nullptr) taking.push_back(part->additional_);
  }
  path.push_back(name);
  if (naming.empty() && taking.empty()) tell(path, Use::kUnknown);
  if (std::ranges::any_of(naming, [](const Schema* part) { return part->deprecated_; })) {
    tell(path, Use::kDeprecated);
  }
  for (const Schema* part : naming.empty() ? taking : naming) {
    part->SurveyMembers(value, path, tell);
  }
  path.pop_back();
}

void Schema::SurveyMembers(const Json& value, std::vector<std::string>& path,
                           const Survey& tell) const {
  Parts parts;
  AddApplying(value, parts);
  if (const Json::Array* items = value.IfArray()) {
    for (const Schema* part : parts) {
      if (part->items_ == nullptr) continue;
      for (std::size_t i = 0; i < items->size(); ++i) {
        path.push_back(std::to_string(i));
        part->items_->SurveyMembers((*items)[i], path, tell);
        path.pop_back();
      }
    }
  }
  const Json::Object* members = value.IfObject();
  const bool free = std::ranges::all_of(parts, [](const Schema* part) {
    return part->properties_.empty() && part->patterns_.empty() && part->additional_ == nullptr &&
           !part->closed_;
  });
  if (members == nullptr || free) return;
  for (const JsonMember& member : *members) {
    SurveyMember(parts, member.key, member.value, path, tell);
  }
}

std::string_view Schema::SingleType() const {
  return types_.size() == 1 ? std::string_view(types_.front()) : std::string_view();
}

}  // namespace mockduit
