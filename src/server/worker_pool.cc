#include "server/worker_pool.h"

#include <system_error>
#include <utility>

namespace mockduit {

WorkerPool::WorkerPool(std::chrono::milliseconds spare_time, std::size_t max_threads)
    : spare_time_(spare_time), max_threads_(max_threads) {}

WorkerPool::~WorkerPool() {
  Threads left;
  {
    const MutexLock lock(mutex_);
    closing_ = true;
    left.swap(threads_);
    left.splice(left.end(), ended_);
  }
  wake_.notify_all();
  for (std::thread& thread : left) thread.join();
}

bool WorkerPool::Run(std::function<void()> job) {
  Threads ended;
  bool started = true;
  {
    const MutexLock lock(mutex_);
    if (closing_) return false;  // nobody would wait for its thread
    ended.swap(ended_);
    if (idle_ > jobs_.size()) {
      jobs_.push_back(std::move(job));
      wake_.notify_one();
    } else if (!StartThread(std::move(job))) {
      started = false;
    }
  }
  for (std::thread& thread : ended) thread.join();
  return started;
}

std::size_t WorkerPool::thread_count() const {
  const MutexLock lock(mutex_);
  return threads_.size();
}

// Under the lock, so that the thread cannot end before it stands in its place.
bool WorkerPool::StartThread(std::function<void()> job) {
  if (threads_.size() >= max_threads_) return false;
  const auto self = threads_.emplace(threads_.end());
  try {
    *self = std::thread(&WorkerPool::Work, this, self, std::move(job));
    return true;
  } catch (const std::system_error&) {
    threads_.erase(self);
    return false;
  }
}

void WorkerPool::Work(Threads::iterator self, std::function<void()> job) {
  while (job) {
    job();
    job = NextJob(self);
  }
}

// Nothing when the thread is to end.
std::function<void()> WorkerPool::NextJob(Threads::iterator self) {
  const MutexLock lock(mutex_);
  ++idle_;
  wake_.wait_for(mutex_, spare_time_,
                 [this]() REQUIRES(mutex_) { return closing_ || !jobs_.empty(); });
  --idle_;
  if (!jobs_.empty()) {
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }
  if (!closing_) ended_.splice(ended_.end(), threads_, self);
  return nullptr;
}

}  // namespace mockduit
