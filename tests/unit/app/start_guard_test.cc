#include "app/start_guard.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace mockduit {
namespace {

sigset_t BlockedStops() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  return stops;
}

TEST(StartGuard, EndsAStartThatIsToldToStop) {
  EXPECT_EXIT(
      {
        const StartGuard guard(BlockedStops());
        kill(getpid(), SIGTERM);
        while (true) pause();
      },
      ::testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(StartGuard, LeavesASignalAloneOnceTheStartIsOver) {
  EXPECT_EXIT(
      {
        const sigset_t stops = BlockedStops();
        {
          const StartGuard guard(stops);
        }
        kill(getpid(), SIGTERM);
        int signal = 0;
        sigwait(&stops, &signal);
        _exit(signal == SIGTERM ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace mockduit
