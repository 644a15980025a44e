// WorkerPool: threads that grow with the work. Used by the HTTP server's crew. A job
// never waits for another one to end: it gets an idle thread or a new one.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <list>
#include <thread>

#include "base/mutex.h"

namespace mockduit {

class WorkerPool {
 public:
  // A thread that had nothing to do for that long ends.
  explicit WorkerPool(std::chrono::milliseconds spare_time = std::chrono::seconds(10),
                      std::size_t max_threads = std::numeric_limits<std::size_t>::max());
  // Waits for the jobs under way.
  ~WorkerPool();

  // False when no thread is idle and there are as many as there may be, or the system gives no new
  // one, or the pool is being destroyed; the job is then dropped.
  bool Run(std::function<void()> job);

  std::size_t thread_count() const;

 private:
  using Threads = std::list<std::thread>;

  bool StartThread(std::function<void()> job) REQUIRES(mutex_);
  void Work(Threads::iterator self, std::function<void()> job);
  std::function<void()> NextJob(Threads::iterator self);

  const std::chrono::milliseconds spare_time_;
  const std::size_t max_threads_;
  mutable Mutex mutex_;
  ConditionVariable wake_;
  std::deque<std::function<void()>> jobs_ GUARDED_BY(mutex_);  // each for one of the idle threads
  std::size_t idle_ GUARDED_BY(mutex_) = 0;
  bool closing_ GUARDED_BY(mutex_) = false;
  Threads threads_ GUARDED_BY(mutex_);
  Threads ended_ GUARDED_BY(mutex_);  // to be joined
};

}  // namespace mockduit
