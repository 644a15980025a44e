#include "contract/language/effect.h"

#include <algorithm>

namespace mockduit {

std::vector<TellBy> Effect::Told() const {
  std::vector<TellBy> told = {absent, paging.bad_cursor};
  for (const Needs& need : needs) told.push_back(need.absent);
  for (const Refusal& refusal : refusals) told.push_back(refusal.as);
  if (taken) told.push_back(*taken);
  std::erase_if(told, [](const TellBy& by) { return by.outcome.empty(); });
  return told;
}

}  // namespace mockduit
