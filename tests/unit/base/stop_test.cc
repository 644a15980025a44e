#include "base/stop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(StopsWithin, IsFalseOnceTheTimeIsOver) {
  EXPECT_FALSE(StopsWithin(milliseconds(1), std::stop_source().get_token()));
}

TEST(StopsWithin, WaitsForNothingOnceAStopIsRequested) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(StopsWithin(hours(1), stop.get_token()));
}

TEST(StopsWithin, EndsAtARequestThatComesMeanwhile) {
  bool stopped = false;
  {
    const std::jthread waits(
        [&](const std::stop_token& stop) { stopped = StopsWithin(hours(1), stop); });
  }
  EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace mockduit
