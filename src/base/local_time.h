// The time zone of this machine, which only people who read a terminal are told of.
#pragma once

#include "base/time.h"

namespace mockduit {

// How far the local time is ahead of UTC at that moment.
Duration LocalOffset(Time time);

}  // namespace mockduit
