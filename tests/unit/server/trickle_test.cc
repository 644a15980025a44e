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

constexpr Deadline kBegin{std::chrono::hours(1)};

std::vector<Portion> AllPortions(std::size_t size, std::size_t rate) {
  std::vector<Portion> portions;
  for (std::size_t sent = 0; sent < size; sent = portions.back().end) {
    portions.push_back(NextPortion(sent, size, rate, kBegin));
  }
  return portions;
}

TEST(Trickle, SendsTheLastByteAfterSizeOverRateSeconds) {
  EXPECT_EQ(AllPortions(290, 290).back().due, kBegin + seconds(1));
  EXPECT_EQ(AllPortions(29, 290).back().due, kBegin + milliseconds(100));
  EXPECT_EQ(AllPortions(3'000'000, 1'000'000).back().due, kBegin + seconds(3));
}

TEST(Trickle, SendsNoByteBeforeItIsDue) {
  for (const Portion& portion : AllPortions(640, 64)) {
    const auto since_start = portion.due - kBegin;
    EXPECT_GE(since_start * 64, seconds(1) * portion.end);
    EXPECT_LT(since_start * 64, seconds(1) * (portion.end + 1));
  }
}

TEST(Trickle, TakesFiveSecondsForABodyOf320BytesWhereAScenarioNamesNoRate) {
  const auto kinds = FaultKinds();
  const auto slow = std::ranges::find(kinds, Fault::kSlow, &FaultKind::fault);
  ASSERT_NE(slow, kinds.end());
  const auto rate = static_cast<std::size_t>(slow->default_parameter);
  EXPECT_EQ(AllPortions(320, rate).back().due, kBegin + seconds(5));
}

TEST(Trickle, SendsTwentyPortionsASecond) {
  EXPECT_EQ(AllPortions(2000, 1000).size(), 40U);
  EXPECT_EQ(AllPortions(2000, 1000).front().end, 50U);
}

TEST(Trickle, SendsAtLeastAByteAtATime) {
  EXPECT_EQ(AllPortions(3, 2).size(), 3U);
  EXPECT_EQ(AllPortions(3, 2).front().due, kBegin + milliseconds(500));
}

TEST(Trickle, SendsAByteASecondAtARateOfNothing) {
  EXPECT_EQ(AllPortions(3, 0).back().due, kBegin + seconds(3));
}

TEST(Trickle, SendsAtMost64KibibytesAtATime) {
  EXPECT_EQ(AllPortions(200'000, SIZE_MAX).front().end, 65'536U);
  EXPECT_EQ(AllPortions(200'000, SIZE_MAX).back().end, 200'000U);
}

}  // namespace
}  // namespace mockduit
