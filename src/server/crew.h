// Crew: the threads that serve the connections of an HTTP server, as many as keep the processors
// busy, not one for each connection. A thread that waits for something else than work, such as a
// delay, a slow client or another server, says so by a Waiting, and another one works in its place
// meanwhile: so what waits never holds up what could go on.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "base/mutex.h"
#include "server/worker_pool.h"

namespace mockduit {

class Crew {
 public:
  // `work` does one thing after it has waited for it, and is called by each thread again and again
  // until it gives false. As many as `most` are at work at a time, out of `max_threads`.
  Crew(std::function<bool()> work, std::size_t most, std::chrono::milliseconds spare_time,
       std::size_t max_threads);

  // Sees to it that enough are at work. False when nobody is there, and no thread can be made.
  bool CallIn();
  std::size_t thread_count() const { return pool_.thread_count(); }

 private:
  friend class Waiting;

  void Work();
  bool LeavesForOthers();
  void StepOut();
  void StepIn();

  static thread_local Crew* own;  // of a thread that is at work for one

  const std::function<bool()> work_;
  const std::size_t most_;
  Mutex mutex_;
  std::size_t at_work_ GUARDED_BY(mutex_) = 0;
  std::size_t waiting_ GUARDED_BY(mutex_) = 0;  // those that have a Waiting
  WorkerPool pool_;                             // the last one, so that its threads end first
};

// To be made by whoever waits for longer than a moment, in a thread of a crew or in any other.
class Waiting {
 public:
  Waiting();
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  Crew* const crew_;  // nullptr: of none, or it has said so already
};

}  // namespace mockduit
