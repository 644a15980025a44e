#include "app/start_guard.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mockduit {

StartGuard::StartGuard(const sigset_t& signals)
    : signals_(signalfd(-1, &signals, SFD_CLOEXEC)), over_(eventfd(0, EFD_CLOEXEC)) {
  if (!signals_.valid() || !over_.valid()) return;
  try {
    watching_ = std::thread([this] { Watch(); });
  } catch (const std::system_error&) {
    watching_ = {};
  }
}

StartGuard::~StartGuard() {
  if (!watching_.joinable()) return;
  eventfd_write(over_.get(), 1);
  watching_.join();
}

void StartGuard::Watch() const {
  pollfd files[] = {{over_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}};
  while (poll(files, 2, -1) < 0 && errno == EINTR) {
  }
  if (files[0].revents != 0) return;
  signalfd_siginfo signal{};
  if (read(signals_.get(), &signal, sizeof signal) != sizeof signal) return;
  _exit(128 + static_cast<int>(signal.ssi_signo));
}

}  // namespace mockduit
