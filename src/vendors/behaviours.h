// Every behaviour that is written in C++, by the name that contracts call it by.
#pragma once

#include "engine/behaviour.h"

namespace mockduit {

BehaviourTable VendorBehaviours();

}  // namespace mockduit
