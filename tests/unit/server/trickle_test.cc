#include "server/faults/trickle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "http/fault.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Deadline kStart{std::chrono::hours(1)};

std::vector<Portion> Portions(std::size_t size, std::size_t rate) {
  std::vector<Portion> portions;
  for (std::size_t sent = 0; sent < size; sent = portions.back().end) {
    portions.push_back(NextPortion(sent, size, rate, kStart));
  }
  return portions;
}

TEST(Trickle, SendsTheLastByteAfterSizeOverRateSeconds) {
  EXPECT_EQ(Portions(290, 290).back().due, kStart + seconds(1));
  EXPECT_EQ(Portions(29, 290).back().due, kStart + milliseconds(100));
  EXPECT_EQ(Portions(3'000'000, 1'000'000).back().due, kStart + seconds(3));
}

TEST(Trickle, SendsNoByteBeforeItIsDue) {
  for (const Portion& portion : Portions(640, 64)) {
    const auto since_start = portion.due - kStart;
    EXPECT_GE(since_start * 64, seconds(1) * portion.end);
    EXPECT_LT(since_start * 64, seconds(1) * (portion.end + 1));
  }
}

TEST(Trickle, TakesFiveSecondsForABodyOf320BytesWhereAScenarioNamesNoRate) {
  const auto kinds = FaultKinds();
  const auto slow = std::ranges::find(kinds, Fault::kSlow, &FaultKind::fault);
  ASSERT_NE(slow, kinds.end());
  const auto rate = static_cast<std::size_t>(slow->default_parameter);
  EXPECT_EQ(Portions(320, rate).back().due, kStart + seconds(5));
}

TEST(Trickle, SendsTwentyPortionsASecond) {
  EXPECT_EQ(Portions(2000, 1000).size(), 40U);
  EXPECT_EQ(Portions(2000, 1000).front().end, 50U);
}

TEST(Trickle, SendsAtLeastAByteAtATime) {
  EXPECT_EQ(Portions(3, 2).size(), 3U);
  EXPECT_EQ(Portions(3, 2).front().due, kStart + milliseconds(500));
}

TEST(Trickle, SendsAByteASecondAtARateOfNothing) {
  EXPECT_EQ(Portions(3, 0).back().due, kStart + seconds(3));
}

TEST(Trickle, SendsAtMost64KibibytesAtATime) {
  EXPECT_EQ(Portions(200'000, SIZE_MAX).front().end, 65'536U);
  EXPECT_EQ(Portions(200'000, SIZE_MAX).back().end, 200'000U);
}

}  // namespace
}  // namespace mockduit
