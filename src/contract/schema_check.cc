// How a value is held against a schema, and what is told of what is wrong with it.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <unordered_map>

#include "contract/formats.h"
#include "contract/schema.h"

namespace mockduit {
namespace {

// How many schemas are asked of a value at most. Choices that refer to each other may ask for twice
// as many at every level of it.
constexpr std::size_t kMaxEffort = 5'000'000;
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

bool IsMultiple(const Json& number, double of) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (number.TypeName() == "integer" && of == std::floor(of) && of < kExact) {
    return number.AsInteger() % static_cast<std::int64_t>(of) == 0;
  }
  const double times = number.AsNumber() / of;
  // 0.3 is three times 0.1, though no double says so.
  return std::abs(times) >= kExact || std::abs(times - std::round(times)) < 1e-9;
}

bool HasTwins(const Json::Array& items) {
  std::unordered_multimap<std::size_t, const Json*> met;  // by hash
  for (const Json& item : items) {
    const std::size_t hash = item.Hash();
    const auto [begin, end] = met.equal_range(hash);
    if (std::any_of(begin, end, [&](const auto& other) { return *other.second == item; })) {
      return true;
    }
    met.emplace(hash, &item);
  }
  return false;
}

}  // namespace

// One value held against one schema.
class Schema::Check {
 public:
  // `left` counts down the schemas that may still be asked, by all checks of a value together.
  Check(const Schema& schema, const Json& value, std::vector<std::string>& path,
        std::vector<Violation>& violations, std::size_t& left)
      : schema_(schema), value_(value), path_(path), violations_(violations), left_(left) {}

  void Run() {
    if (left_ == 0) return;
    --left_;
    if (schema_.nullable_ && value_.IsNull()) return;
    const auto fits = [&](const std::string& type) { return HasType(value_, type); };
    if (!schema_.types_.empty() && std::ranges::none_of(schema_.types_, fits)) {
      return Report("type", schema_.types_.front());  // the rest would only repeat it
    }
    CheckEnum();
    if (const std::string* text = value_.IfString()) CheckString(*text);
    if (value_.IsNumber()) CheckNumber(value_.AsNumber());
    if (const Json::Array* items = value_.IfArray()) CheckArray(*items);
    if (const Json::Object* members = value_.IfObject()) CheckObject(*members);
    for (const Schema* part : schema_.all_of_) Ask(*part, value_, violations_);
    for (const Condition& condition : schema_.conditions_) CheckCondition(condition);
    if (!schema_.any_of_.empty()) CheckAnyOf();
    if (!schema_.one_of_.empty()) CheckOneOf();
    if (schema_.not_ != nullptr && IsGood(*schema_.not_, value_)) Report("not", "");
  }

 private:
  void Report(std::string_view keyword, std::string limit, std::string reason = "") {
    const Json* words = schema_.messages_.Find(keyword);
    violations_.push_back({path_, std::string(keyword), std::move(limit), Shown(value_),
                           std::move(reason), std::string(words ? words->AsString() : ""),
                           value_.TypeName()});
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
    if (schema_.above_ && number <= *schema_.above_) {
      Report("exclusiveMinimum", NumberText(*schema_.above_));
    }
    if (schema_.below_ && number >= *schema_.below_) {
      Report("exclusiveMaximum", NumberText(*schema_.below_));
    }
    if (schema_.multiple_of_ && !IsMultiple(value_, *schema_.multiple_of_)) {
      Report("multipleOf", NumberText(*schema_.multiple_of_));
    }
  }

  void CheckArray(const Json::Array& items) {
    if (schema_.min_items_ && items.size() < *schema_.min_items_) {
      Report("minItems", std::to_string(*schema_.min_items_));
    }
    if (schema_.max_items_ && items.size() > *schema_.max_items_) {
      Report("maxItems", std::to_string(*schema_.max_items_));
    }
    if (schema_.unique_items_ && HasTwins(items)) Report("uniqueItems", "true");
    const std::size_t leading = std::min(schema_.prefix_items_.size(), items.size());
    for (std::size_t i = 0; i < leading; ++i) {
      Below(std::to_string(i), *schema_.prefix_items_[i], items[i]);
    }
    if (schema_.contains_ != nullptr) CheckContains(items);
    if (schema_.items_ == nullptr) return;
    for (std::size_t i = leading; i < items.size(); ++i) {
      Below(std::to_string(i), *schema_.items_, items[i]);
    }
  }

  void CheckContains(const Json::Array& items) {
    const auto count = static_cast<std::size_t>(std::ranges::count_if(
        items, [&](const Json& item) { return IsGood(*schema_.contains_, item); }));
    const std::size_t least = schema_.min_contains_.value_or(1);
    if (count < least) Report("contains", std::to_string(least));
    if (schema_.max_contains_ && count > *schema_.max_contains_) {
      Report("maxContains", std::to_string(*schema_.max_contains_));
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
    if (schema_.min_members_ && members.size() < *schema_.min_members_) {
      Report("minProperties", std::to_string(*schema_.min_members_));
    }
    if (schema_.max_members_ && members.size() > *schema_.max_members_) {
      Report("maxProperties", std::to_string(*schema_.max_members_));
    }
    CheckNames(members);
    if (!schema_.closed_ && schema_.additional_ == nullptr) return;
    for (const JsonMember& member : members) {
      if (is_property(member.key) || HasPattern(member.key)) continue;
      if (schema_.additional_ != nullptr) {
        Below(member.key, *schema_.additional_, member.value);
      } else {
        ReportBelow(member.key, "additionalProperties");
      }
    }
  }

  bool HasPattern(const std::string& name) const {
    return std::ranges::any_of(schema_.patterns_,
                               [&](const auto& pattern) { return pattern.first.Matches(name); });
  }

  // What the names of members ask for, whatever the schema calls its properties.
  void CheckNames(const Json::Object& members) {
    for (const JsonMember& member : members) {
      for (const auto& [pattern, schema] : schema_.patterns_) {
        if (pattern.Matches(member.key)) Below(member.key, *schema, member.value);
      }
      if (schema_.names_ != nullptr) Below(member.key, *schema_.names_, Json(member.key));
    }
    for (const auto& [name, others] : schema_.dependent_required_) {
      if (value_.Find(name) == nullptr) continue;
      for (const std::string& other : others) {
        if (value_.Find(other) == nullptr) ReportBelow(other, "required");
      }
    }
    for (const auto& [name, schema] : schema_.dependent_schemas_) {
      if (value_.Find(name) != nullptr) Ask(*schema, value_, violations_);
    }
  }

  void Ask(const Schema& schema, const Json& value, std::vector<Violation>& violations) {
    Check(schema, value, path_, violations, left_).Run();
  }

  bool IsGood(const Schema& schema, const Json& value) {
    std::vector<Violation> wrong;
    Ask(schema, value, wrong);
    return wrong.empty();
  }

  // What each choice finds wrong. Each is held against the value once: within each other, twice
  // would double at every level.
  std::vector<std::vector<Violation>> FindByChoice(const std::vector<const Schema*>& choices) {
    std::vector<std::vector<Violation>> found(choices.size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      Ask(*choices[i], value_, found[i]);
    }
    return found;
  }

  void CheckAnyOf() {
    auto found = FindByChoice(schema_.any_of_);
    const bool none = std::ranges::none_of(found, &std::vector<Violation>::empty);
    if (none) ReportChoices("anyOf", std::move(found));
  }

  void CheckOneOf() {
    auto found = FindByChoice(schema_.one_of_);
    const auto good = std::ranges::count_if(found, &std::vector<Violation>::empty);
    if (good == 0) ReportChoices("oneOf", std::move(found));
    if (good > 1) Report("oneOf", "1");
  }

  // Where one choice alone is of the value's type, that one was meant, and what is wrong by it is
  // told; else that none takes the value.
  void ReportChoices(std::string_view keyword, std::vector<std::vector<Violation>> found) {
    const std::size_t choices = found.size();
    std::erase_if(found, [&](const std::vector<Violation>& wrong) {
      const Violation& first = wrong.front();
      return first.path == path_ && (first.keyword == "type" || first.keyword == "enum");
    });
    if (found.size() != 1) return Report(keyword, std::to_string(choices));
    std::ranges::move(found.front(), std::back_inserter(violations_));
  }

  void CheckCondition(const Condition& condition) {
    std::vector<Violation> unmet;
    Ask(*condition.when, value_, unmet);
    const Schema* next = unmet.empty() ? condition.then : condition.otherwise;
    if (next != nullptr) Ask(*next, value_, violations_);
  }

  void Below(const std::string& name, const Schema& schema, const Json& value) {
    path_.push_back(name);
    Ask(schema, value, violations_);
    path_.pop_back();
  }

  const Schema& schema_;
  const Json& value_;
  std::vector<std::string>& path_;
  std::vector<Violation>& violations_;
  std::size_t& left_;
};

void Schema::Validate(const Json& value, std::vector<std::string>& path,
                      std::vector<Violation>& violations) const {
  std::size_t left = kMaxEffort;
  Check(*this, value, path, violations, left).Run();
  if (left == 0) {
    violations.push_back({path, "effort", std::to_string(kMaxEffort), Shown(value), "", ""});
  }
}

std::vector<Violation> Schema::Validate(const Json& value, std::string_view place) const {
  std::vector<std::string> path{std::string(place)};
  std::vector<Violation> violations;
  Validate(value, path, violations);
  return violations;
}

}  // namespace mockduit
