#include "app/child.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <optional>
#include <tuple>
#include <utility>

#include "app/process.h"

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

// In the child, where only async-signal-safe functions may be called: becomes the command, with no
// signal blocked. Gives back only why it could not.
int Become(char* const* command, char** environment, pid_t parent) {
  RestoreForCommand();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  // A command whose server is gone has nothing left to do, however its server was killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) raise(SIGKILL);
  environ = environment;
  execvp(command[0], command);
  return errno;
}

// The reason why the child could not become the command comes through a pipe, which its success
// closes.
Result<pid_t> Spawn(std::vector<std::string> command, std::vector<std::string> environment) {
  const auto fail = [&](int failure) {
    return Fail("cannot run '" + command.front() + "': " + std::strerror(failure));
  };
  const std::vector<char*> arguments = Pointers(command);
  std::vector<char*> variables = Pointers(environment);
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return fail(errno);
  const auto [reading, writing] = pipe_ends;
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) {
    const int failure = Become(arguments.data(), variables.data(), parent);
    std::ignore = write(writing, &failure, sizeof failure);
    _exit(kCannotRun);
  }
  const int not_forked = errno;
  close(writing);
  int failure = child < 0 ? not_forked : 0;
  while (child > 0 && read(reading, &failure, sizeof failure) < 0 && errno == EINTR) {
  }
  close(reading);
  if (failure == 0) return child;
  if (child > 0) waitpid(child, nullptr, 0);
  return fail(failure);
}

constexpr auto kNever = std::chrono::steady_clock::time_point::max();

// The terminal sends its signals to all processes that belong to it.
bool ReachedChild(const siginfo_t& signal) { return signal.si_code == SI_KERNEL; }

bool IsStop(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
}

// The group of processes that the child leads, or the child alone: that of this process, in which
// it was begun, has others in it.
void Kill(pid_t child) {
  const bool is_leader = getpgid(child) == child;
  kill(is_leader ? -child : child, SIGKILL);
}

// Waits for one of the signals, at most until then. False when the time is over.
bool AwaitSignal(const sigset_t& signals, std::chrono::steady_clock::time_point end,
                 siginfo_t& signal) {
  signal.si_signo = 0;
  if (end == kNever) {
    sigwaitinfo(&signals, &signal);
    return true;
  }
  const auto left =
      std::max(end - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration(0));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  const timespec timeout{
      seconds.count(),
      std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds).count()};
  return sigtimedwait(&signals, &signal, &timeout) >= 0 || errno != EAGAIN;
}

}  // namespace

sigset_t KeepSignalsForChild() {
  // Where it is ignored, the child's exit code would be lost.
  signal(SIGCHLD, SIG_DFL);
  const sigset_t kept = Kept();
  pthread_sigmask(SIG_BLOCK, &kept, nullptr);
  sigset_t stops = kept;
  for (const int signal : {SIGUSR1, SIGUSR2, SIGCHLD}) sigdelset(&stops, signal);
  return stops;
}

Result<ChildEnd> RunChild(const std::vector<std::string>& command,
                          const std::vector<std::pair<std::string, std::string>>& variables,
                          Duration grace) {
  const auto child = Spawn(command, Environment(variables));
  if (!child) return std::unexpected(child.error());
  const sigset_t kept = Kept();
  ChildEnd end;
  bool asked = false;  // to end the child, by SIGTERM or SIGINT
  std::chrono::steady_clock::time_point deadline = kNever;
  int status = 0;
  while (waitpid(*child, &status, WNOHANG) != *child) {
    siginfo_t signal;
    if (!AwaitSignal(kept, deadline, signal)) {
      end.was_late = true;
      deadline = kNever;
      Kill(*child);
      continue;
    }
    if (IsStop(signal.si_signo)) end.stop = signal.si_signo;
    if (signal.si_signo == 0 || signal.si_signo == SIGCHLD || ReachedChild(signal)) continue;
    const bool ends = signal.si_signo == SIGTERM || signal.si_signo == SIGINT;
    const bool again = ends && std::exchange(asked, true);
    if (ends && deadline == kNever) deadline = std::chrono::steady_clock::now() + grace;
    if (again) {
      Kill(*child);
    } else {
      kill(*child, signal.si_signo);
    }
  }
  end.exit_code = WIFSIGNALED(status) ? kKilled + WTERMSIG(status) : WEXITSTATUS(status);
  return end;
}

}  // namespace mockduit
