#include "server/faults/faults.h"

namespace mockduit {

// A stall of no length has no limit.
Fate SendStalled(const Outgoing& outgoing) {
  const Duration stall = outgoing.response.delivery.stall;
  const WireStream::Leave leave = outgoing.ExpectedLeave();
  if (!outgoing.Write(UnfinishedHead(outgoing))) return Fate::kLeft;
  const Deadline end = DeadlineIn(stall > Duration::zero() ? stall : Duration::max());
  const auto wake = outgoing.wire.Pause(end, outgoing.stop, leave);
  return wake == WireStream::Wake::kGone ? Fate::kLeft : Fate::kEnds;
}

}  // namespace mockduit
