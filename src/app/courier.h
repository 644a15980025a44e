// Courier: delivers what the sessions' outboxes hold, each as it comes due on its session's clock.
// Threads of its own do it, so that no request waits for another server.
#pragma once

#include <thread>
#include <vector>

#include "base/log.h"
#include "http/caller.h"
#include "session/sessions.h"

namespace mockduit {

class Courier {
 public:
  // Begins at once. All three must outlive it.
  Courier(Sessions& sessions, const Caller& caller, Log& log);
  // Ends once what is under way has come to its end, or its timeout.
  ~Courier();

 private:
  static constexpr int kThreads = 4;

  void Work(const std::stop_token& stop);
  // False when nothing was due.
  bool DeliverOne(SharedSession& shared);

  Sessions& sessions_;
  const Caller& caller_;
  Log& log_;
  std::vector<std::jthread> threads_;
};

}  // namespace mockduit
