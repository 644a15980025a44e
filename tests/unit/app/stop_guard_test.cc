#include "app/stop_guard.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>

namespace mockduit {
namespace {

sigset_t BlockedStops() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  return stops;
}

TEST(StopGuard, EndsAStartThatIsToldToStop) {
  EXPECT_EXIT(
      {
        const StopGuard guard(BlockedStops());
        kill(getpid(), SIGTERM);
        while (true) pause();
      },
      ::testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(StopGuard, EndsWhatIsStillUnderWayOnceItsGraceIsOver) {
  EXPECT_EXIT(
      {
        const StopGuard guard(BlockedStops(), std::chrono::milliseconds(1));
        kill(getpid(), SIGTERM);
        while (true) pause();
      },
      ::testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(StopGuard, LeavesASignalPendingThatItOutlastsByLessThanItsGrace) {
  EXPECT_EXIT(
      {
        const sigset_t stops = BlockedStops();
        {
          const StopGuard guard(stops, std::chrono::hours(24 * 365));
          kill(getpid(), SIGTERM);
        }
        int signal = 0;
        sigwait(&stops, &signal);
        _exit(signal == SIGTERM ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(StopGuard, LeavesASignalAloneOnceTheStartIsOver) {
  EXPECT_EXIT(
      {
        const sigset_t stops = BlockedStops();
        {
          const StopGuard guard(stops);
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
