// A command that is run as a child: it has the terminal, and gets the signals that are meant for
// it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mockduit {

// To be called before the first thread begins: from then on signals wait for RunChild.
void KeepSignalsForChild();

// Runs the command, found by PATH, with these environment variables over those of this process, and
// waits for its end. Gives its exit code, or 128 and the signal that killed it. The error says why
// it cannot be run. SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGUSR1 and 2 are passed on, but for those
// by which the terminal has reached the child already.
Result<int> RunChild(const std::vector<std::string>& command,
                     const std::vector<std::pair<std::string, std::string>>& variables);

}  // namespace mockduit
