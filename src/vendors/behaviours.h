// Every behaviour that is written in C++, by the name that contracts call it by.
#pragma once

#include <string>
#include <vector>

#include "engine/behaviour.h"
#include "http/caller.h"

namespace mockduit {

// `caller` must outlive what the table makes.
BehaviourTable VendorBehaviours(const Caller& caller);
// The names that it has.
std::vector<std::string> BehaviourNames();
// Every mistake in the files that vendors' code alone reads, and every operation whose behaviour
// cannot be made.
std::vector<Problem> CheckVendorData(const Catalog& catalog);

}  // namespace mockduit
