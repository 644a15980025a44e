#include "app/stop_guard.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdint>
#include <system_error>

namespace mockduit {

StopGuard::StopGuard(const sigset_t& signals, Duration grace)
    : signals_(signalfd(-1, &signals, SFD_CLOEXEC)), over_(eventfd(0, EFD_CLOEXEC)) {
  if (!signals_.valid() || !over_.valid()) return;
  try {
    watching_ = std::thread([this, grace] { Watch(grace); });
  } catch (const std::system_error&) {
    watching_ = {};
  }
}

StopGuard::~StopGuard() {
  if (!watching_.joinable()) return;
  eventfd_write(over_.get(), 1);
  watching_.join();
}

void StopGuard::Watch(Duration grace) const {
  pollfd files[] = {{over_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}};
  while (poll(files, 2, -1) < 0 && errno == EINTR) {
  }
  if (files[0].revents != 0) return;
  // No signal interrupts this: all are blocked here, or end the process.
  const auto patience = std::chrono::ceil<std::chrono::milliseconds>(grace).count();
  if (poll(files, 1, static_cast<int>(std::min<std::int64_t>(patience, INT_MAX))) != 0) return;
  signalfd_siginfo signal{};
  if (read(signals_.get(), &signal, sizeof signal) != sizeof signal) return;
  _exit(128 + static_cast<int>(signal.ssi_signo));
}

}  // namespace mockduit
