// ClientCall: the attempts of one logical call, as the checks of retries read them.
#pragma once

#include <vector>

#include "verify/history.h"

namespace mockduit {

// The attempts that one caller made of one call, in their order. All but the last one failed or
// were refused, and each came after the one before it had ended.
struct ClientCall {
  History::Entries attempts;
  // Nobody else may have made some of them.
  bool certain = true;
  // Its client says of each attempt that it is of this call.
  bool identified = false;

  const Entry& first() const { return *attempts.front(); }
  const Entry& last() const { return *attempts.back(); }
  bool succeeded() const { return last().reply == Reply::kSuccess; }
  // From the end of an attempt's answer to the next attempt. On a clock that stands still, what it
  // was moved by, if it was moved.
  Duration WaitAfter(std::size_t attempt) const;
};

// The parts of a call that each end in a success, in a refusal, or with the call: whoever goes on
// after a refusal begins anew.
std::vector<ClientCall> Tries(const ClientCall& call);

}  // namespace mockduit
