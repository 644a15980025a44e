#include "server/faults/faults.h"

namespace mockduit {

Fate SendNothing(const Outgoing& /*outgoing*/) { return Fate::kEnds; }

}  // namespace mockduit
