#include "server/faults/faults.h"

#include <utility>

namespace mockduit {

Fate SendFaulty(Fault fault, const Outgoing& outgoing) {
  switch (fault) {
    case Fault::kNone: break;
#define MOCKDUIT_FAULT(enumerator, name, parameter, default_parameter, loses_answer, function) \
  case Fault::enumerator: return function(outgoing);
#include "http/fault_table.h"
#undef MOCKDUIT_FAULT
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
