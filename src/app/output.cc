#include "app/output.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <system_error>

#include "app/complain.h"
#include "app/process.h"

namespace mockduit {

// By the system's own call: what it says is lost in the library's streams. What poll finds ready
// takes a part of that size at once.
int Print(std::string_view text, std::optional<std::chrono::milliseconds> patience) {
  if (OutputWasClosed()) {
    if (patience) return kFailed;
    return Complain(kFailed, "cannot write to standard output: it is closed");
  }
  while (!text.empty()) {
    pollfd ready{STDOUT_FILENO, POLLOUT, 0};
    if (patience && poll(&ready, 1, static_cast<int>(patience->count())) == 0) return kFailed;
    const std::size_t size = patience ? std::min<std::size_t>(text.size(), PIPE_BUF) : text.size();
    const ssize_t written = write(STDOUT_FILENO, text.data(), size);
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {  // somebody else has set the mode of the file that is shared
      pollfd entry{STDOUT_FILENO, POLLOUT, 0};
      poll(&entry, 1, -1);
    } else if (errno == EPIPE) {
      return kFailed;
    } else if (errno != EINTR) {
      return Complain(kFailed,
                      "cannot write to standard output: " + std::generic_category().message(errno));
    }
  }
  return 0;
}

}  // namespace mockduit
