// StartGuard: ends the process when it is told to stop while it still starts. A start reads files,
// and a file that is a pipe may never end. Used by `serve`, which has nothing to save at that time.
#pragma once

#include <csignal>
#include <thread>

#include "server/file_descriptor.h"

namespace mockduit {

class StartGuard {
 public:
  // The signals must be blocked. Until this goes, each of them ends the process with 128 and its
  // number, as shells have it; where the system gives no thread for that, they wait.
  explicit StartGuard(const sigset_t& signals);
  ~StartGuard();
  StartGuard(const StartGuard&) = delete;
  StartGuard& operator=(const StartGuard&) = delete;

 private:
  void Watch() const;

  FileDescriptor signals_;
  FileDescriptor over_;  // readable once the start is over
  std::thread watching_;
};

}  // namespace mockduit
