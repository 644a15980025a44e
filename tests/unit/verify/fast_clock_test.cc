// A client waits in real time. On a session's clock that runs faster or slower, the waits that it
// chooses itself are to be judged by its own time, which is the session's by the rate.
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

// A second of the client's on a clock that runs sixty times as fast.
constexpr Duration kSecond = 60s;

class FastClock : public ::testing::Test {
 protected:
  FastClock() { story_.Rate(60); }
  Story story_;
};

TEST_F(FastClock, ARefusalThatIsRepeatedASecondLaterIsRepeated) {
  story_.At(0s, kMake, kBox).Answered(400);
  story_.At(kSecond, kMake, kBox).Answered(400);
  EXPECT_EQ(story_.Result("no-retry-on-client-error"), "fail");
}

TEST_F(FastClock, TwoRetriesWithinAFewMillisecondsAreAtOnce) {
  story_.Waits({kSecond / 1000, kSecond / 500}, kMake, kBox, 503);
  EXPECT_EQ(story_.Result("backoff-grows"), "fail");
}

TEST_F(FastClock, WaitsThatGrowStillGrow) {
  story_.Waits({kSecond, 2 * kSecond, 4 * kSecond}, kMake, kBox, 503);
  EXPECT_EQ(story_.Result("backoff-grows"), "pass");
}

TEST_F(FastClock, TenMillisecondsBetweenLooksAreTooFew) {
  for (int i = 0; i < 5; ++i) story_.At(i * (kSecond / 100), "GET /v1/boxes/a").GoingOn();
  EXPECT_EQ(story_.Result("polling-sane"), "fail");
}

TEST_F(FastClock, LooksASecondApartAreOneWatch) {
  for (int i = 0; i < 3; ++i) story_.At(i * kSecond, "GET /v1/boxes/a").GoingOn();
  for (int i = 3; i < 9; ++i) story_.At(i * kSecond, "GET /v1/boxes/a");
  EXPECT_EQ(story_.Result("polling-sane"), "fail");
}

TEST_F(FastClock, ElevenSecondsAreNoSilence) {
  for (int i = 0; i < 11; ++i) story_.At(i * 11 * kSecond, kMake, kBox).Answered(503);
  EXPECT_EQ(story_.Result("retries-bounded"), "fail");
}

TEST_F(FastClock, ABodyThatIsGoneAMinuteLaterIsGone) {
  story_.At(0s, kMake, kBox).Answered(503);
  story_.At(60 * kSecond, kMake, "");
  EXPECT_EQ(story_.Result("retry-same-body"), "fail");
}

// One second of the client's is a hundredth of one here.
TEST(SlowClock, LooksASecondApartAreFarEnough) {
  Story story;
  story.Rate(0.01);
  for (int i = 0; i < 5; ++i) story.At(i * Duration(10ms), "GET /v1/boxes/a").GoingOn();
  EXPECT_EQ(story.Result("polling-sane"), "pass");
}

TEST(SlowClock, RetriesASecondApartAreNotAtOnce) {
  Story story;
  story.Rate(0.01);
  story.Waits({10ms, 20ms}, kMake, kBox, 503);
  EXPECT_EQ(story.Result("backoff-grows"), "pass");
}

}  // namespace
}  // namespace mockduit
