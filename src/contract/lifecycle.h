// Lifecycle: how something that takes a while goes on by itself: which resource moves, through
// which steps, to which ends. Contracts declare it; a scenario says how long it takes and how it
// ends.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "contract/template.h"

namespace mockduit {

struct Lifecycle {
  // What happens to the resource on the way, once a share of the time has passed.
  struct Step {
    double at = 0;     // from 0 to 1
    JsonTemplate set;  // a merge patch
  };
  struct Ending {
    std::string name;  // "failed"
    JsonTemplate set;
  };

  std::string name;             // "airweave.sync_job"
  std::string kind;             // of the resource, in the store: "airweave.sync_job"
  Duration takes{};             // unless a scenario says otherwise
  std::vector<Step> steps;      // in the order of their times
  std::vector<Ending> endings;  // the first is the usual one; never empty

  // nullptr when there is no such ending. "" is the usual one.
  const Ending* FindEnding(std::string_view ending) const;
  std::vector<std::string> EndingNames() const;
};

}  // namespace mockduit
