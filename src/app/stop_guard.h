// StopGuard: ends the process when it is told to stop where nobody waits for signals: while it
// starts, for a file that it reads may be a pipe without end; and while it tells what it has found,
// for the reader of that may not read. Used by `serve` and `exec`.
#pragma once

#include <csignal>
#include <thread>

#include "base/time.h"
#include "server/file_descriptor.h"

namespace mockduit {

class StopGuard {
 public:
  // The signals must be blocked. Each of them ends the process with 128 and its number, as shells
  // have it, unless this goes within `grace` of it; then it stays pending, for whoever waits for it
  // next. Where the system gives no thread for that, all of them do.
  explicit StopGuard(const sigset_t& signals, Duration grace = Duration::zero());
  ~StopGuard();
  StopGuard(const StopGuard&) = delete;
  StopGuard& operator=(const StopGuard&) = delete;

 private:
  void Watch(Duration grace) const;

  FileDescriptor signals_;
  FileDescriptor over_;  // readable once this goes
  std::thread watching_;
};

}  // namespace mockduit
