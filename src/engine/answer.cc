#include "engine/answer.h"

#include "base/suggest.h"

namespace mockduit {

Result<OutcomeChoice> OutcomeChoice::Find(const Operation& operation, const OutcomeRef& wanted) {
  const Outcome* outcome = operation.FindOutcome(wanted.outcome);
  // Of several outcomes of one name, it is the one that has the variant.
  for (const Outcome& other : operation.outcomes()) {
    const bool better = outcome != nullptr && outcome->FindVariant(wanted.variant) == nullptr;
    if (better && other.name == wanted.outcome && other.FindVariant(wanted.variant) != nullptr) {
      outcome = &other;
    }
  }
  if (outcome == nullptr) {
    std::vector<std::string> names;
    for (const Outcome& known : operation.outcomes()) names.push_back(known.name);
    return Fail(operation.name + " has no outcome '" + wanted.outcome + "'" +
                DidYouMean(wanted.outcome, names));
  }
  if (outcome->FindVariant(wanted.variant) == nullptr) {
    std::vector<std::string> names;
    for (const Variant& known : outcome->variants) names.push_back(known.name);
    return Fail("the outcome '" + wanted.outcome + "' of " + operation.name + " has no variant '" +
                wanted.variant + "'" + DidYouMean(wanted.variant, names));
  }
  return OutcomeChoice(*outcome, wanted.variant);
}

}  // namespace mockduit
