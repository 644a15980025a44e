// Bell: wakes who waits for something to do. Any thread may use it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

namespace mockduit {

class Bell {
 public:
  void Ring() {
    {
      const std::lock_guard lock(mutex_);
      ++rings_;
    }
    heard_.notify_all();
  }
  // How often it has rung. Ask before looking for work, and none can be missed.
  std::uint64_t rings() const {
    const std::lock_guard lock(mutex_);
    return rings_;
  }
  // Until it has rung more often than `heard`, or `stop` is asked for.
  void Await(std::uint64_t heard, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    heard_.wait(lock, stop, [&] { return rings_ != heard; });
  }
  // The same, but no longer than `patience`.
  void AwaitFor(std::uint64_t heard, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    heard_.wait_for(lock, patience, [&] { return rings_ != heard; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any heard_;
  std::uint64_t rings_ = 0;
};

}  // namespace mockduit
