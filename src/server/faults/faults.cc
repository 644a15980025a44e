#include "server/faults/faults.h"

#include <utility>

namespace mockduit {

Fate SendFaulty(Fault fault, const Outgoing& outgoing) {
  switch (fault) {
    case Fault::kNone: break;
    case Fault::kReset: return SendReset(outgoing);
    case Fault::kEmpty: return SendNothing(outgoing);
    case Fault::kTruncate: return SendTruncated(outgoing);
    case Fault::kMalformedBody: return SendMalformedBody(outgoing);
    case Fault::kMalformedChunk: return SendMalformedChunk(outgoing);
    case Fault::kStall: return SendStalled(outgoing);
    case Fault::kSlow: return SendSlowly(outgoing);
  }
  std::unreachable();
}

std::string UnfinishedHead(const Outgoing& outgoing) {
  std::string head;
  AppendHead(outgoing.response, BodyFraming::kLength, outgoing.connection, head);
  if (!outgoing.has_body()) head.resize(head.size() / 2);
  return head;
}

}  // namespace mockduit
