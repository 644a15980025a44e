#include "contract/read/outcome_refs.h"

#include <string>

#include "base/suggest.h"

namespace mockduit {
namespace {

// True when the document has an answer with that outcome for operations to refer to.
bool IsInComponents(ContractReading& reading, const std::string& outcome) {
  bool found = false;
  reading.EachMember(reading.Top()["components"]["responses"],
                     [&](const std::string& /*name*/, const Node& node) {
                       found = found || node["x-mockduit"]["outcome"].Text() == outcome;
                     });
  return found;
}

}  // namespace

void CheckReference(ContractReading& reading, const Node& node, const OutcomeRef& ref,
                    const Operation& operation, std::string_view by) {
  const Node named = node["outcome"] ? node["outcome"] : node;
  const Outcome* outcome = operation.FindOutcome(ref.outcome);
  if (outcome == nullptr) {
    std::vector<std::string> known;
    for (const Outcome& one : operation.outcomes()) known.push_back(one.name);
    const std::string advice = DidYouMean(ref.outcome, known);
    return reading.Wrong(named, operation.name + " has no outcome '" + ref.outcome +
                                    "', which its " + std::string(by) + " ends in" + advice);
  }
  if (outcome->FindVariant(ref.variant) != nullptr) return;
  std::vector<std::string> known;
  for (const Variant& one : outcome->variants) known.push_back(one.name);
  reading.Wrong(node["variant"] ? node["variant"] : node,
                "the outcome '" + ref.outcome + "' of " + operation.name + " has no variant '" +
                    ref.variant + "'" + DidYouMean(ref.variant, known));
}

void CheckConditions(ContractReading& reading, const Node& node,
                     const std::vector<ConditionOutcome>& conditions, const Operation* operation) {
  for (const ConditionOutcome& condition : conditions) {
    if (condition.outcome.empty()) continue;
    const Node place = node[condition.condition];
    bool has_outcome = operation == nullptr && IsInComponents(reading, condition.outcome);
    bool has_variant = has_outcome && condition.variant.empty();
    std::vector<std::string> outcomes;
    std::vector<std::string> variants;
    const auto look_at = [&](const Outcome& outcome) {
      outcomes.push_back(outcome.name);
      if (outcome.name != condition.outcome) return;
      has_outcome = true;
      for (const Variant& variant : outcome.variants) variants.push_back(variant.name);
      has_variant = has_variant || outcome.FindVariant(condition.variant) != nullptr;
    };
    const bool of_nobody =
        condition.condition == "unknown_path" || condition.condition == "unknown_method";
    if (of_nobody) has_outcome = has_variant = false;
    for (const Outcome& shared : reading.contract->shared.Get()) look_at(shared);
    if (operation != nullptr) {
      for (const Outcome& outcome : operation->outcomes()) look_at(outcome);
    } else if (!of_nobody) {
      for (const auto& one : reading.contract->operations) {
        for (const Outcome& outcome : one->outcomes()) look_at(outcome);
      }
    }
    if (!has_outcome) {
      reading.Wrong(
          place["outcome"] ? place["outcome"] : place,
          "no answer has the outcome '" + condition.outcome + "' of this condition" +
              (of_nobody ? "; it must stand in components.responses, with a 'status'" : "") +
              DidYouMean(condition.outcome, outcomes));
    } else if (!has_variant) {
      reading.Wrong(place["variant"] ? place["variant"] : place,
                    "the outcome '" + condition.outcome + "' has no variant '" + condition.variant +
                        "'" + DidYouMean(condition.variant, variants));
    }
  }
}

void CheckRefusals(ContractReading& reading, const Node& node) {
  const Contract& contract = *reading.contract;
  reading.EachItem(node, [&](const Node& refusal) {
    const std::string name = refusal["outcome"].Text();
    if (name.empty()) return;
    const Outcome* outcome = contract.FindShared(name);
    if (outcome == nullptr) {
      return reading.Wrong(refusal["outcome"],
                           "no answer in components.responses that has a "
                           "'status' has the outcome '" +
                               name + "'");
    }
    const std::string variant = refusal["variant"].Text();
    if (outcome->FindVariant(variant) != nullptr) return;
    std::vector<std::string> known;
    for (const Variant& one : outcome->variants) known.push_back(one.name);
    reading.Wrong(refusal["variant"], "the outcome '" + name + "' has no variant '" + variant +
                                          "'" + DidYouMean(variant, known));
  });
}

}  // namespace mockduit
