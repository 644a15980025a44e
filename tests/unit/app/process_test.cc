// What the process changes of itself, each in a process of its own.
#include "app/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace mockduit {
namespace {

using ::testing::ExitedWithCode;
using Ends = std::array<int, 2>;  // of a pipe

bool IsIgnored(int signal) {
  struct sigaction now{};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

void LetOpen(rlim_t files) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = files;
  setrlimit(RLIMIT_NOFILE, &limit);
}

[[noreturn]] void EndWell(bool well) { _exit(well ? 0 : 1); }

TEST(PrepareProcess, FailsAWriteThatNobodyReads) {
  EXPECT_EXIT(
      {
        signal(SIGPIPE, SIG_DFL);
        PrepareProcess();
        Ends ends{};
        const bool made = pipe(ends.data()) == 0;
        close(ends[0]);
        EndWell(made && write(ends[1], "x", 1) < 0 && errno == EPIPE);
      },
      ExitedWithCode(0), "");
}

TEST(PrepareProcess, LetsAsManyFilesBeOpenAsTheSystemAllows) {
  EXPECT_EXIT(
      {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        LetOpen(64);
        PrepareProcess();
        EndWell(MaxOpenFiles() == limit.rlim_max);
      },
      ExitedWithCode(0), "");
}

TEST(PrepareProcess, OpensTheStreamsThatAreClosed) {
  EXPECT_EXIT(
      {
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        PrepareProcess();
        EndWell(fcntl(STDIN_FILENO, F_GETFD) >= 0 && fcntl(STDOUT_FILENO, F_GETFD) >= 0);
      },
      ExitedWithCode(0), "");
}

TEST(PrepareProcess, LeavesTheStreamsThatAreOpen) {
  EXPECT_EXIT(
      {
        struct stat before{};
        fstat(STDERR_FILENO, &before);
        const int free = dup(STDERR_FILENO);
        close(free);
        PrepareProcess();
        struct stat after{};
        fstat(STDERR_FILENO, &after);
        const bool none_opened = fcntl(free, F_GETFD) < 0;
        EndWell(none_opened && before.st_ino == after.st_ino && before.st_dev == after.st_dev);
      },
      ExitedWithCode(0), "");
}

TEST(RestoreForCommand, GivesBackWhatWasChanged) {
  EXPECT_EXIT(
      {
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
        LetOpen(64);
        PrepareProcess();
        const bool ignored = IsIgnored(SIGPIPE) && IsIgnored(SIGXFSZ);
        RestoreForCommand();
        EndWell(ignored && !IsIgnored(SIGPIPE) && !IsIgnored(SIGXFSZ) && MaxOpenFiles() == 64);
      },
      ExitedWithCode(0), "");
}

TEST(RestoreForCommand, LeavesIgnoredWhatWasIgnoredBefore) {
  EXPECT_EXIT(
      {
        signal(SIGPIPE, SIG_IGN);
        PrepareProcess();
        RestoreForCommand();
        EndWell(IsIgnored(SIGPIPE));
      },
      ExitedWithCode(0), "");
}

}  // namespace
}  // namespace mockduit
