// Schemas that are held against the value itself.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "contract/schema/check.h"

namespace mockduit {

void SchemaCheck::CheckJoint(const JointRules& rules) {
  for (const SchemaNode* part : rules.all_of) {
    if (IsDone()) return;
    Ask(*part);
  }
  if (rules.condition) CheckCondition(*rules.condition);
  for (const auto& [name, schema] : rules.dependent) {
    if (value_.IsObject() && value_.Find(name) != nullptr) Ask(*schema);
  }
  const bool is_found = rules.discriminator && CheckDiscriminated(rules);
  const bool is_one = is_found && !rules.one_of.empty();
  const bool is_any = is_found && rules.one_of.empty();
  if (!rules.any_of.empty() && !is_any && !IsDone()) CheckAnyOf(rules.any_of);
  if (!rules.one_of.empty() && !is_one && !IsDone()) CheckOneOf(rules.one_of);
  if (rules.forbidden != nullptr && IsGood(*rules.forbidden, value_)) Report("not", "");
}

// What each choice finds. Each is held against the value once: within each other, twice would
// double at every level.
std::vector<SchemaCheck::Found> SchemaCheck::FindByChoice(const SchemaNodes& choices) {
  std::vector<Found> found(choices.size());
  for (std::size_t i = 0; i < choices.size(); ++i) {
    Evaluated* evaluated = evaluated_ != nullptr ? &found[i].evaluated : nullptr;
    found[i].good =
        SchemaCheck(*choices[i], value_, context_, Sink(found[i].violations), evaluated, this)
            .Run();
  }
  // Where none is good, any may be meant.
  const bool none = std::ranges::none_of(found, &Found::good);
  for (const Found& one : found) {
    if (evaluated_ != nullptr && (none || one.good)) evaluated_->Add(one.evaluated);
  }
  return found;
}

void SchemaCheck::CheckAnyOf(const SchemaNodes& choices) {
  auto found = FindByChoice(choices);
  if (std::ranges::none_of(found, &Found::good)) ReportChoices("anyOf", std::move(found));
}

void SchemaCheck::CheckOneOf(const SchemaNodes& choices) {
  auto found = FindByChoice(choices);
  const auto good = std::ranges::count_if(found, &Found::good);
  if (good == 0) ReportChoices("oneOf", std::move(found));
  if (good > 1) Report("oneOf", "1");
}

// Where one choice alone is of the value's type, that one was meant, and what is wrong by it is
// told; else that none takes the value.
void SchemaCheck::ReportChoices(std::string_view keyword, std::vector<Found> found) {
  if (violations_ == nullptr) return Report(keyword, "");
  const std::size_t choices = found.size();
  std::erase_if(found, [&](const Found& one) {
    if (one.violations.empty()) return true;  // there was no more time to ask it
    const Violation& first = one.violations.front();
    const bool is_here = first.path.size() == context_.place.size() + context_.path.size();
    static constexpr std::array<std::string_view, 4> kOthersKeywords = {"type", "enum", "const",
                                                                        "false"};
    return is_here && std::ranges::find(kOthersKeywords, first.keyword) != kOthersKeywords.end();
  });
  if (found.size() != 1) return Report(keyword, std::to_string(choices));
  good_ = false;
  std::ranges::move(found.front().violations, std::back_inserter(*violations_));
}

// The choice that a member names is the one that counts. False where none is named.
bool SchemaCheck::CheckDiscriminated(const JointRules& rules) {
  const Discriminator& by = *rules.discriminator;
  const Json* name = value_.Find(by.member);
  if (name == nullptr || !name->IsString()) return false;
  const auto named = [&](const auto& choice) { return choice.first == name->AsString(); };
  const auto found = std::ranges::find_if(by.choices, named);
  if (found != by.choices.end()) {
    Ask(*(rules.one_of.empty() ? rules.any_of : rules.one_of)[found->second]);
    return true;
  }
  if (!by.is_whole) return false;
  std::vector<std::string> names;
  for (const auto& choice : by.choices) {
    if (std::ranges::find(names, choice.first) == names.end()) names.push_back(choice.first);
  }
  context_.path.emplace_back(by.member);
  Report("discriminator", Join(names));
  context_.path.pop_back();
  return true;
}

// What the condition has looked at counts where it holds.
void SchemaCheck::CheckCondition(const JointRules::Condition& condition) {
  Evaluated evaluated;
  Evaluated* wanted = evaluated_ != nullptr ? &evaluated : nullptr;
  const bool holds = SchemaCheck(*condition.when, value_, context_, nullptr, wanted).Run();
  if (holds && evaluated_ != nullptr) evaluated_->Add(evaluated);
  const SchemaNode* next = holds ? condition.then : condition.otherwise;
  if (next != nullptr) Ask(*next);
}

// Members and items that nothing else has looked at.
void SchemaCheck::CheckUnevaluated(const JointRules& rules) {
  const Json::Object* members = value_.IfObject();
  if (members != nullptr && rules.unevaluated_members != nullptr) {
    for (std::size_t i = 0; i < members->size(); ++i) {
      if (evaluated_->Has(i)) continue;
      AskBelow(PathStep((*members)[i].key), *rules.unevaluated_members, (*members)[i].value,
               "unevaluatedProperties");
    }
    evaluated_->all = true;
  }
  const Json::Array* items = value_.IfArray();
  if (items != nullptr && rules.unevaluated_items != nullptr) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (evaluated_->Has(i)) continue;
      AskBelow(PathStep(i), *rules.unevaluated_items, (*items)[i], "unevaluatedItems");
    }
    evaluated_->all = true;
  }
}

}  // namespace mockduit
