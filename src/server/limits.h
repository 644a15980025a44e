// ServerLimits: how much and how long the HTTP door takes from one client. Set by whoever opens the
// server; tests turn the seconds into milliseconds. Never changes while the server runs.
#pragma once

#include <chrono>
#include <cstddef>
#include <limits>

namespace mockduit {

struct ServerLimits {
  std::size_t request_line_bytes = 8 * 1024;  // longer: 414
  std::size_t head_bytes = 16 * 1024;         // request line and fields; longer: 431
  std::size_t body_bytes = 1024 * 1024;       // longer: 413

  // From the first byte of a request to the end of its head, so that a client that sends a byte a
  // second is cut (408). An idle connection that has sent nothing may wait without end.
  std::chrono::milliseconds head_deadline{10'000};
  std::chrono::milliseconds body_deadline{30'000};   // the whole body; late: 408
  std::chrono::milliseconds write_deadline{30'000};  // one whole answer; late: cut

  // Past it, those that are idle give way to new ones. The system may have limits below.
  std::size_t connections = std::numeric_limits<std::size_t>::max();
  std::size_t threads = std::numeric_limits<std::size_t>::max();  // past it: 503

  std::chrono::milliseconds linger{1'000};       // for the client to read the last answer
  std::chrono::milliseconds drain_grace{5'000};  // for requests under way when the server stops
};

}  // namespace mockduit
