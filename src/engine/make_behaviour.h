// Makes the behaviour of an operation, once, when it is first called.
#pragma once

#include <memory>

#include "engine/behaviour.h"

namespace mockduit {

// What the operation's contract asks for: the behaviour it names, else its generic effect, else the
// documented example as it stands.
Result<std::unique_ptr<const Behaviour>> MakeBehaviour(const Vendor& vendor,
                                                       const Operation& operation,
                                                       const BehaviourTable& table);

}  // namespace mockduit
