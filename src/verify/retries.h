// Retries: the attempts of one call from its first failure to its success, or until its client
// gives up. The checks of backoff and of the number of attempts read them.
#pragma once

#include <vector>

#include "verify/history.h"

namespace mockduit {

struct Retries {
  History::Entries attempts;  // all but the last one failed
  bool succeeded = false;     // the last one did not fail

  std::size_t failures() const { return attempts.size() - (succeeded ? 1 : 0); }
  // The time from the response of an attempt to the next attempt; 0 where that came earlier.
  Duration WaitAfter(std::size_t attempt) const;
};

// The retries of all calls. A refusal ends them, too. An attempt after a long silence begins new
// ones.
std::vector<Retries> RetriesOf(const History& history);

}  // namespace mockduit
