// Wakeup: threads wait on it until another thread notifies that there is work. Any thread may use
// it; the couriers of deliveries do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace mockduit {

class Wakeup {
 public:
  void Notify() {
    {
      const std::lock_guard lock(mutex_);
      ++count_;
    }
    notified_.notify_all();
  }
  // The number of notifications so far. A caller that reads it before it looks for work, and then
  // waits for more than that, misses none.
  std::uint64_t count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  // Returns once there were more than `seen` notifications, or `stop` is requested.
  void Wait(std::uint64_t seen, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    notified_.wait(lock, stop, [&] { return count_ != seen; });
  }
  // Returns once there were more than `seen` notifications, or after `timeout`.
  void WaitFor(std::uint64_t seen, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    notified_.wait_for(lock, timeout, [&] { return count_ != seen; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any notified_;
  std::uint64_t count_ = 0;
};

}  // namespace mockduit
