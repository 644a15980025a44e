#include "app/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

namespace mockduit {
namespace {

using Disposition = struct sigaction;

constexpr std::array kIgnored = {SIGPIPE, SIGXFSZ};

// What the system holds of this process has no owner within it; so neither has this.
struct Inherited {
  std::array<std::optional<Disposition>, kIgnored.size()> signals;
  std::optional<rlimit> files;
  bool output_was_closed = false;
};
Inherited inherited;  // NOLINT(*-avoid-non-const-global-variables): written by main, before threads

// Where there is no /dev/null, the root directory takes the place: it can be read and written by
// nobody.
void OpenMissingStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    if (stream == STDOUT_FILENO) inherited.output_was_closed = true;
    // It takes the lowest number that is free, which is this one.
    if (open("/dev/null", O_RDWR) < 0) open("/", O_RDONLY | O_DIRECTORY);
  }
}

void IgnoreSignals() {
  for (std::size_t i = 0; i < kIgnored.size(); ++i) {
    Disposition ignore{};
    ignore.sa_handler = SIG_IGN;
    Disposition before{};
    if (sigaction(kIgnored[i], &ignore, &before) == 0) inherited.signals[i] = before;
  }
}

void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  rlimit raised = limit;
  raised.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &raised) == 0) inherited.files = limit;
}

}  // namespace

void PrepareProcess() {
  OpenMissingStreams();
  IgnoreSignals();
  RaiseFileLimit();
}

bool OutputWasClosed() { return inherited.output_was_closed; }

void RestoreForCommand() {
  for (std::size_t i = 0; i < kIgnored.size(); ++i) {
    if (inherited.signals[i]) sigaction(kIgnored[i], &*inherited.signals[i], nullptr);
  }
  if (inherited.files) setrlimit(RLIMIT_NOFILE, &*inherited.files);
}

std::size_t MaxOpenFiles() {
  rlimit limit{};
  constexpr std::size_t kUsual = 1024;
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : kUsual;
}

}  // namespace mockduit
