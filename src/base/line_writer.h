// LineWriter: writes lines to a file descriptor on a thread of its own, so that a reader who does
// not read holds nobody up. Used by the log. Bounded: when the queue is full its oldest line is
// dropped, and a line in its place says how many were.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace mockduit {

class LineWriter {
 public:
  struct Limits {
    std::size_t lines = 10'000;
    std::size_t bytes = 1024UZ * 1024;
    std::chrono::milliseconds patience{1'000};  // of the end, for a reader who does not read
  };
  // Makes the line that stands for so many that were dropped.
  using DescribeLoss = std::function<std::string(std::uint64_t)>;

  // `file` must stay open as long as the writer lives; its modes stay as they are, for other
  // processes may share it.
  LineWriter(int file, DescribeLoss describe_loss, Limits limits);
  // Waits until all is written, within the limits' patience.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Any thread may write; it never waits. `line` has its line break.
  void Write(std::string line);
  // Waits until all is written, within the limits' patience.
  void Flush();

 private:
  struct Queue;

  static void Work(Queue& queue);

  // Shared with the thread, which outlives this when the system never lets go of a write.
  std::shared_ptr<Queue> queue_;
  std::chrono::milliseconds patience_;
  std::thread thread_;
};

}  // namespace mockduit
