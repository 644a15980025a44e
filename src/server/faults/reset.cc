#include "server/faults/faults.h"

namespace mockduit {

Fate SendReset(const Outgoing& outgoing) {
  outgoing.wire.ResetInTheEnd();
  return Fate::kDropped;
}

}  // namespace mockduit
