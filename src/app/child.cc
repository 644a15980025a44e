#include "app/child.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace mockduit {
namespace {

constexpr int kKilled = 128;  // plus the signal's number, as in shells

bool IsIgnored(int signal) {
  struct sigaction now{};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

// The signals to block. A signal that this process was started to ignore (by nohup, for example)
// stays ignored, in its child as well.
sigset_t Kept() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD}) {
    if (!IsIgnored(signal)) sigaddset(&signals, signal);
  }
  return signals;
}

// This process's environment with the variables in place of what it had by those names.
std::vector<std::string> Environment(
    const std::vector<std::pair<std::string, std::string>>& variables) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (std::ranges::find(variables, name, &std::pair<std::string, std::string>::first) ==
        variables.end()) {
      environment.emplace_back(text);
    }
  }
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// With no signal blocked, and each doing what it does by default.
Result<pid_t> Spawn(std::vector<std::string> command, std::vector<std::string> environment) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  const sigset_t usual = Kept();
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, command.front().c_str(), nullptr, &attributes,
                                   Pointers(command).data(), Pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    return Fail("cannot run '" + command.front() + "': " + std::strerror(failure));
  }
  return child;
}

// The terminal sends its signals to all processes that belong to it.
bool ReachedChild(const siginfo_t& signal) { return signal.si_code == SI_KERNEL; }

bool IsStop(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
}

}  // namespace

void KeepSignalsForChild() {
  // Where it is ignored, the child's exit code would be lost.
  signal(SIGCHLD, SIG_DFL);
  const sigset_t kept = Kept();
  pthread_sigmask(SIG_BLOCK, &kept, nullptr);
}

Result<ChildEnd> RunChild(const std::vector<std::string>& command,
                          const std::vector<std::pair<std::string, std::string>>& variables) {
  const auto child = Spawn(command, Environment(variables));
  if (!child) return std::unexpected(child.error());
  const sigset_t kept = Kept();
  ChildEnd end;
  int status = 0;
  while (waitpid(*child, &status, WNOHANG) != *child) {
    siginfo_t signal;
    if (sigwaitinfo(&kept, &signal) < 0) continue;
    if (IsStop(signal.si_signo)) end.stop = signal.si_signo;
    if (signal.si_signo != SIGCHLD && !ReachedChild(signal)) kill(*child, signal.si_signo);
  }
  end.exit_code = WIFSIGNALED(status) ? kKilled + WTERMSIG(status) : WEXITSTATUS(status);
  return end;
}

}  // namespace mockduit
