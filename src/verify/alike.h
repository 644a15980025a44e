// Alike: which requests are attempts of one call or equal calls, by what was sent: at one place,
// with bodies that are alike. A retry whose body was spoilt belongs to what it repeats.
#pragma once

#include <vector>

#include "verify/history.h"

namespace mockduit {

// All entries, in groups in the order of their first ones.
std::vector<History::Entries> SortAlike(const History& history);

}  // namespace mockduit
