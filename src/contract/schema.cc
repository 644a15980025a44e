#include "contract/schema.h"

#include <algorithm>

#include "contract/formats.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxShownValue = 100;  // bytes of a sent value that a violation repeats

std::size_t CountCharacters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Shown(const Json& value) {
  std::string text = value.ToText();
  if (text.size() <= kMaxShownValue) return text;
  std::size_t end = kMaxShownValue;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // never within a character
  return text.substr(0, end) + "…";
}

std::string NumberText(double number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: below it the cast is sound and exact
  const bool whole = Json(number).IsInteger() && number > -kExact && number < kExact;
  return whole ? std::to_string(static_cast<std::int64_t>(number)) : Json(number).Dump();
}

bool HasType(const Json& value, std::string_view type) {
  if (type == "integer") return value.IsInteger();
  if (type == "number") return value.IsNumber();
  return value.TypeName() == type;
}

}  // namespace

// One value held against one schema.
class Schema::Check {
 public:
  Check(const Schema& schema, const Json& value, std::vector<std::string>& path,
        std::vector<Violation>& violations)
      : schema_(schema), value_(value), path_(path), violations_(violations) {}

  void Run() {
    const auto fits = [&](const std::string& type) { return HasType(value_, type); };
    if (!schema_.types_.empty() && std::ranges::none_of(schema_.types_, fits)) {
      return Report("type", schema_.types_.front());  // the rest would only repeat it
    }
    CheckEnum();
    if (const std::string* text = value_.IfString()) CheckString(*text);
    if (value_.IsNumber()) CheckNumber(value_.AsNumber());
    if (const Json::Array* items = value_.IfArray()) CheckArray(*items);
    if (const Json::Object* members = value_.IfObject()) CheckObject(*members);
    for (const Schema* part : schema_.all_of_) part->Validate(value_, path_, violations_);
    for (const Condition& condition : schema_.conditions_) CheckCondition(condition);
  }

 private:
  void Report(std::string_view keyword, std::string limit, std::string reason = "") {
    const Json* words = schema_.messages_.Find(keyword);
    violations_.push_back({path_, std::string(keyword), std::move(limit), Shown(value_),
                           std::move(reason), std::string(words ? words->AsString() : "")});
  }

  // Of a member that is missing, or should not be there.
  void ReportBelow(const std::string& name, std::string_view keyword) {
    path_.push_back(name);
    Report(keyword, name);
    path_.pop_back();
  }

  void CheckEnum() {
    if (schema_.enum_.empty()) return;
    const bool known = value_.IsString()
                           ? schema_.enum_strings_.contains(*value_.IfString())
                           : std::ranges::find(schema_.enum_, value_) != schema_.enum_.end();
    if (!known) Report("enum", Json(schema_.enum_).Dump());
  }

  void CheckString(const std::string& text) {
    const bool measured = schema_.min_length_ || schema_.max_length_;
    const std::size_t length = measured ? CountCharacters(text) : 0;
    if (schema_.min_length_ && length < *schema_.min_length_) {
      Report("minLength", std::to_string(*schema_.min_length_));
    }
    if (schema_.max_length_ && length > *schema_.max_length_) {
      Report("maxLength", std::to_string(*schema_.max_length_));
    }
    if (schema_.pattern_ && !schema_.pattern_->Matches(text)) {
      Report("pattern", schema_.pattern_->text());
    }
    if (schema_.format_.empty()) return;
    if (auto reason = WhyNotOfFormat(schema_.format_, text)) {
      Report("format", schema_.format_, std::move(*reason));
    }
  }

  void CheckNumber(double number) {
    if (schema_.minimum_ && number < *schema_.minimum_) {
      Report("minimum", NumberText(*schema_.minimum_));
    }
    if (schema_.maximum_ && number > *schema_.maximum_) {
      Report("maximum", NumberText(*schema_.maximum_));
    }
  }

  void CheckArray(const Json::Array& items) {
    if (schema_.min_items_ && items.size() < *schema_.min_items_) {
      Report("minItems", std::to_string(*schema_.min_items_));
    }
    if (schema_.max_items_ && items.size() > *schema_.max_items_) {
      Report("maxItems", std::to_string(*schema_.max_items_));
    }
    if (schema_.items_ == nullptr) return;
    for (std::size_t i = 0; i < items.size(); ++i) {
      Below(std::to_string(i), *schema_.items_, items[i]);
    }
  }

  // In the order in which the schema names the properties, so that the violations come in that
  // order.
  void CheckObject(const Json::Object& members) {
    const auto is_required = [&](const std::string& name) {
      return std::ranges::find(schema_.required_, name) != schema_.required_.end();
    };
    const auto is_property = [&](const std::string& name) {
      return std::ranges::find(schema_.properties_, name, &Property::name) !=
             schema_.properties_.end();
    };
    for (const Property& property : schema_.properties_) {
      if (const Json* member = value_.Find(property.name)) {
        Below(property.name, *property.schema, *member);
      } else if (is_required(property.name)) {
        ReportBelow(property.name, "required");
      }
    }
    for (const std::string& name : schema_.required_) {
      if (!is_property(name) && value_.Find(name) == nullptr) ReportBelow(name, "required");
    }
    if (!schema_.closed_ && schema_.additional_ == nullptr) return;
    for (const JsonMember& member : members) {
      if (is_property(member.key)) continue;
      if (schema_.additional_ != nullptr) {
        Below(member.key, *schema_.additional_, member.value);
      } else {
        ReportBelow(member.key, "additionalProperties");
      }
    }
  }

  void CheckCondition(const Condition& condition) {
    std::vector<Violation> unmet;
    condition.when->Validate(value_, path_, unmet);
    const Schema* next = unmet.empty() ? condition.then : condition.otherwise;
    if (next != nullptr) next->Validate(value_, path_, violations_);
  }

  void Below(const std::string& name, const Schema& schema, const Json& value) {
    path_.push_back(name);
    schema.Validate(value, path_, violations_);
    path_.pop_back();
  }

  const Schema& schema_;
  const Json& value_;
  std::vector<std::string>& path_;
  std::vector<Violation>& violations_;
};

// This schema and all that may apply to the same value, by turns.
void Schema::AddParts(Parts& parts) const {
  parts.push_back(this);
  for (const Schema* part : all_of_) part->AddParts(parts);
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
    if (part->open_ || part->additional_ != nullptr) return {};
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

void Schema::Validate(const Json& value, std::vector<std::string>& path,
                      std::vector<Violation>& violations) const {
  Check(*this, value, path, violations).Run();
}

std::vector<Violation> Schema::Validate(const Json& value, std::string_view place) const {
  std::vector<std::string> path{std::string(place)};
  std::vector<Violation> violations;
  Validate(value, path, violations);
  return violations;
}

// This schema and all that it refers to for `value` itself.
void Schema::AddApplying(const Json& value, Parts& parts) const {
  parts.push_back(this);
  for (const Schema* part : all_of_) part->AddApplying(value, parts);
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
    return part->properties_.empty() && part->additional_ == nullptr && !part->closed_;
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
