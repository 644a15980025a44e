#include "contract/language/effect.h"

#include <algorithm>

namespace mockduit {

std::vector<OutcomeRef> Effect::Outcomes() const {
  std::vector<OutcomeRef> outcomes = {absent, paging.bad_cursor};
  for (const Needs& need : needs) outcomes.push_back(need.absent);
  for (const Refusal& refusal : refusals) outcomes.push_back(refusal.outcome);
  if (taken) outcomes.push_back(*taken);
  std::erase_if(outcomes, [](const OutcomeRef& ref) { return ref.outcome.empty(); });
  return outcomes;
}

}  // namespace mockduit
