// Passage: what the door saw of a request and its answer on the wire, in real time. The door makes
// one for each request and writes to it until the connection has ended; the journal keeps it with
// the exchange. Judging a client's waits needs what happened, not what was to happen.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/mutex.h"
#include "base/time.h"

namespace mockduit {

// What a passage knows at one moment. All times are by MonotonicNow; Time{}: not yet, or unknown.
struct Wire {
  std::uint64_t connection = 0;  // counted by the server from 1
  std::uint64_t request = 0;     // which of its connection's requests, from 1
  Time opened{};                 // the connection
  Time arrived{};                // the request's first bytes
  // The answer's last bytes went out, or nothing more was to come: a fault was over, or the client
  // had left.
  Time ended{};
  Time closed{};      // the connection
  bool left = false;  // the client left before its answer had gone out

  bool operator==(const Wire&) const = default;
};

// What all passages of a connection have in common.
struct ConnectionTimes {
  explicit ConnectionTimes(std::uint64_t which, Time at = {}) : number(which), opened(at) {}

  const std::uint64_t number;
  const Time opened;
  std::atomic<Time> closed = Time{};

  // While an answer is held back: when the client left, or nothing while it is there. The thread
  // that waits for that may be told late, when somebody has asked for the journal already.
  Mutex mutex;
  std::function<std::optional<Time>()> left_at GUARDED_BY(mutex);
};

// Written by the connection's thread and, while it holds an answer back, by whoever looks.
class Passage {
 public:
  Passage(std::shared_ptr<ConnectionTimes> connection, std::uint64_t request, Time arrived)
      : connection_(std::move(connection)), request_(request), arrived_(arrived) {}

  void End(Time at) { ended_ = at; }
  // Not before the request came, however coarse the clock is by which that was seen.
  void Leave(Time at) {
    ended_ = std::max(at, arrived_);
    left_ = true;  // the last, so that whoever sees it sees the time, too
  }
  // Until GoOn, Look asks `left_at` whether the client has left meanwhile.
  void HoldBack(std::function<std::optional<Time>()> left_at) {
    const MutexLock lock(connection_->mutex);
    connection_->left_at = std::move(left_at);
  }
  void GoOn() {
    const MutexLock lock(connection_->mutex);
    AskWhetherLeft();
    connection_->left_at = nullptr;
  }
  Wire Look() {
    if (ended_.load() == Time{}) {
      const MutexLock lock(connection_->mutex);
      AskWhetherLeft();
    }
    const bool left = left_;
    return {connection_->number, request_, connection_->opened, arrived_, ended_,
            connection_->closed, left};
  }

 private:
  void AskWhetherLeft() REQUIRES(connection_->mutex) {
    if (connection_->left_at == nullptr || left_) return;
    if (const auto at = connection_->left_at()) Leave(*at);
  }

  const std::shared_ptr<ConnectionTimes> connection_;
  const std::uint64_t request_;
  const Time arrived_;
  std::atomic<Time> ended_ = Time{};
  std::atomic<bool> left_ = false;
};

}  // namespace mockduit
