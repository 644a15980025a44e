#include "app/hard_stop.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <iostream>

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(HardStop, EndsAProcessThatHangs) {
  EXPECT_EXIT(
      {
        const HardStop hard_stop(milliseconds(1), 5, [] { std::cerr << "too long" << std::endl; });
        while (true) pause();
      },
      ::testing::ExitedWithCode(5), "too long");
}

// Often, because some of these stops are done in the moment in which the watch over them begins.
TEST(HardStop, LetsAStopThatIsDoneInTimeGoOn) {
  bool spoke = false;
  for (int stop = 0; stop < 300; ++stop) {
    const HardStop hard_stop(hours(1), 5, [&] { spoke = true; });
  }
  EXPECT_FALSE(spoke);
}

}  // namespace
}  // namespace mockduit
