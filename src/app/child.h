// A command that is run as a child: it has the terminal, and gets the signals meant for it.
#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace mockduit {

struct ChildEnd {
  int exit_code = 0;      // or 128 and the signal that killed it
  int stop = 0;           // the signal that asked this process to end meanwhile, or 0
  bool was_late = false;  // it did not end in time after that, and was killed
};

// What shells end with when a command cannot be run.
inline constexpr int kCannotRun = 127;

// To be called before the first thread begins: from then on signals wait for RunChild. Gives those
// of them that ask a process to end.
sigset_t KeepSignalsForChild();

// Runs the command, found by PATH, with these environment variables over those of this process, and
// waits for its end. The error says why it cannot be run. SIGINT, SIGTERM, SIGHUP, SIGQUIT and
// SIGUSR1 and 2 are passed on, but for those by which the terminal has reached the child already. A
// second SIGTERM or SIGINT kills a child that has ignored the first, and so does `grace` after one
// was passed on; if the child leads a group of processes, all of it. When this process is killed,
// so is the child. To be called by the main thread.
Result<ChildEnd> RunChild(const std::vector<std::string>& command,
                          const std::vector<std::pair<std::string, std::string>>& variables,
                          Duration grace);

}  // namespace mockduit
