// Runs: the attempts of a call from its first failure on, up to its success or until the client
// gives up.
#pragma once

#include <vector>

#include "verify/history.h"

namespace mockduit {

struct Run {
  History::Entries attempts;  // all but the last one failed
  bool succeeded = false;     // the last one did not fail

  std::size_t failures() const { return attempts.size() - (succeeded ? 1 : 0); }
  // Between the answer of an attempt and the next one; 0 where that came before the answer.
  Duration WaitAfter(std::size_t attempt) const;
};

// The runs of all calls. A refusal ends one as well; what comes after a long silence is another.
std::vector<Run> RunsOf(const History& history);

}  // namespace mockduit
