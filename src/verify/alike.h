// Alike: which requests are attempts of one call or equal calls, by what was sent: at one place,
// with bodies that are alike. A retry whose body was spoilt belongs to what it repeats, and so does
// one that its client says to be of the same call.
#pragma once

#include <unordered_set>
#include <vector>

#include "verify/history.h"

namespace mockduit {

struct AlikeRequests {
  History::Entries entries;
  // Those whose body was spoilt: they repeat what failed, and begin no call.
  std::unordered_set<const Entry*> spoilt;
  // Each bears another made-up name, and all before the last failed: attempts of one call, or a
  // thing each.
  bool renamed = false;
};

// All entries, in groups in the order of their first ones.
std::vector<AlikeRequests> SortAlike(const History& history);

}  // namespace mockduit
