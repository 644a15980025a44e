#include "base/line_writer.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <deque>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/mutex.h"

namespace mockduit {
namespace {

constexpr int kLookMilliseconds = 50;  // how soon a writer that waits for a reader sees the end

}  // namespace

struct LineWriter::Queue {
  Queue(int to, DescribeLoss describe, const Limits& bounds)
      : file(to), describe_loss(std::move(describe)), limits(bounds) {}

  // The next line to write; waits for it. Nothing in the end.
  std::optional<std::string> Next();
  bool Idle() const REQUIRES(mutex) { return lines.empty() && lost == 0 && !writing; }
  void WriteWhole(std::string_view line) const;

  const int file;
  const DescribeLoss describe_loss;
  const Limits limits;
  std::atomic<bool> given_up = false;  // what is left is not written; `describe_loss` may be gone

  Mutex mutex;
  ConditionVariable wake;
  ConditionVariable done;
  std::deque<std::string> lines GUARDED_BY(mutex);
  std::size_t bytes GUARDED_BY(mutex) = 0;
  std::uint64_t lost GUARDED_BY(mutex) = 0;
  bool writing GUARDED_BY(mutex) = false;
  bool ending GUARDED_BY(mutex) = false;
  bool ended GUARDED_BY(mutex) = false;
};

std::optional<std::string> LineWriter::Queue::Next() {
  const MutexLock lock(mutex);
  writing = false;
  if (Idle()) done.notify_all();
  while (Idle() && !ending) wake.wait(mutex);
  if (given_up) return std::nullopt;
  writing = true;
  if (lost > 0) return describe_loss(std::exchange(lost, 0));
  if (lines.empty()) return std::nullopt;
  std::string line = std::move(lines.front());
  lines.pop_front();
  bytes -= line.size();
  return line;
}

// A file that poll finds ready takes so many bytes without making the caller wait.
void LineWriter::Queue::WriteWhole(std::string_view line) const {
  while (!line.empty() && !given_up) {
    pollfd entry{file, POLLOUT, 0};
    if (poll(&entry, 1, kLookMilliseconds) <= 0) continue;
    const ssize_t written = write(file, line.data(), std::min<std::size_t>(line.size(), PIPE_BUF));
    if (written > 0) line.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR && errno != EAGAIN) return;  // nobody can read it any more
  }
}

LineWriter::LineWriter(int file, DescribeLoss describe_loss, Limits limits)
    : queue_(std::make_shared<Queue>(file, std::move(describe_loss), limits)),
      patience_(limits.patience) {
  try {
    thread_ = std::thread([queue = queue_] { Work(*queue); });
  } catch (const std::system_error&) {
    thread_ = {};  // the log keeps silent; the server will not start either
  }
}

LineWriter::~LineWriter() {
  if (!thread_.joinable()) return;
  constexpr std::chrono::milliseconds kGivingUp{10 * kLookMilliseconds};
  bool ended = false;
  {
    const MutexLock lock(queue_->mutex);
    queue_->ending = true;
    queue_->wake.notify_all();
    const auto has_ended = [&]() REQUIRES(queue_->mutex) { return queue_->ended; };
    ended = queue_->done.wait_for(queue_->mutex, patience_, has_ended);
    queue_->given_up = true;
    ended = ended || queue_->done.wait_for(queue_->mutex, kGivingUp, has_ended);
  }
  ended ? thread_.join() : thread_.detach();
}

void LineWriter::Write(std::string line) {
  Queue& queue = *queue_;
  const MutexLock lock(queue.mutex);
  queue.bytes += line.size();
  queue.lines.push_back(std::move(line));
  while (queue.lines.size() > 1 &&
         (queue.lines.size() > queue.limits.lines || queue.bytes > queue.limits.bytes)) {
    queue.bytes -= queue.lines.front().size();
    queue.lines.pop_front();
    ++queue.lost;
  }
  queue.wake.notify_all();
}

void LineWriter::Flush() {
  if (!thread_.joinable()) return;
  const MutexLock lock(queue_->mutex);
  queue_->done.wait_for(queue_->mutex, patience_,
                        [&]() REQUIRES(queue_->mutex) { return queue_->Idle(); });
}

void LineWriter::Work(Queue& queue) {
  while (const auto line = queue.Next()) queue.WriteWhole(*line);
  const MutexLock lock(queue.mutex);
  queue.ended = true;
  queue.done.notify_all();
}

}  // namespace mockduit
