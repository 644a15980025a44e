// Every behaviour that is written in C++, by the name that contracts call it by.
#pragma once

#include "engine/behaviour.h"
#include "http/caller.h"

namespace mockduit {

// `caller` must outlive what the table makes.
BehaviourTable VendorBehaviours(const Caller& caller);

}  // namespace mockduit
