// Wakeup: threads wait on it until another thread notifies that there is work. Any thread may use
// it; the couriers of deliveries do.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>

#include "base/mutex.h"

namespace mockduit {

class Wakeup {
 public:
  void Notify() {
    {
      const MutexLock lock(mutex_);
      ++count_;
    }
    notified_.notify_all();
  }
  // The number of notifications so far. A caller that reads it before it looks for work, and then
  // waits for more than that, misses none.
  std::uint64_t count() const {
    const MutexLock lock(mutex_);
    return count_;
  }
  // Returns once there were more than `seen` notifications, or `stop` is requested.
  void Wait(std::uint64_t seen, const std::stop_token& stop) {
    const MutexLock lock(mutex_);
    notified_.wait(mutex_, stop, [&]() REQUIRES(mutex_) { return count_ != seen; });
  }
  // Returns once there were more than `seen` notifications, or after `timeout`.
  void WaitFor(std::uint64_t seen, std::chrono::milliseconds timeout) {
    const MutexLock lock(mutex_);
    notified_.wait_for(mutex_, timeout, [&]() REQUIRES(mutex_) { return count_ != seen; });
  }

 private:
  mutable Mutex mutex_;
  ConditionVariable notified_;
  std::uint64_t count_ GUARDED_BY(mutex_) = 0;
};

}  // namespace mockduit
