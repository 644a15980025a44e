// The keys that the vendors add to the plays of scenarios.
#pragma once

#include "scenario/play_extension.h"

namespace mockduit {

PlayExtensions VendorPlayExtensions();

}  // namespace mockduit
