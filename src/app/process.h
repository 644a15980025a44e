// What this process changes of itself before anything else, and gives back to a command that it
// runs: which signals are ignored, how many files may be open. Used by main and by child.cc.
#pragma once

#include <cstddef>

namespace mockduit {

// To be called first of all, by one thread. Standard input, output and error that were closed are
// opened on /dev/null, or the first socket would take their place. A write that nobody reads, or
// that is too long for a file, fails instead of ending the process. As many files may be open as
// the system allows this process.
void PrepareProcess();

// Standard output was closed: what is written there is lost, on /dev/null.
bool OutputWasClosed();

// Between fork and exec: what PrepareProcess has changed is as it was. Async-signal-safe.
void RestoreForCommand();

// How many files may be open at a time, now.
std::size_t MaxOpenFiles();

}  // namespace mockduit
