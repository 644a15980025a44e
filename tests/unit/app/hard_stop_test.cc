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

TEST(HardStop, LetsAStopThatIsDoneInTimeGoOn) {
  bool spoke = false;
  {
    const HardStop hard_stop(hours(1), 5, [&] { spoke = true; });
  }
  EXPECT_FALSE(spoke);
}

}  // namespace
}  // namespace mockduit
