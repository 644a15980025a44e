// A client waits in real time, whatever a session's clock does meanwhile: neither its rate nor that
// somebody sets it later on has a part in a verdict.
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

// The same calls under a clock of each rate, and under one that changes.
std::vector<std::string> Results(std::string_view check, const std::function<void(Story&)>& tell) {
  std::vector<std::string> results;
  for (const double rate : {0.01, 1.0, 60.0, 1e6}) {
    Story story;
    tell(story);
    story.EachExchange([&](Exchange& exchange) {
      exchange.clock.rate = rate;
      exchange.at = kMorning + (exchange.at - kMorning) * static_cast<int>(rate + 1);
    });
    results.push_back(story.Result(check));
  }
  std::ranges::sort(results);
  results.erase(std::unique(results.begin(), results.end()), results.end());
  return results;
}

using Alike = std::vector<std::string>;

TEST(FastClock, IsNoExcuseForAWaitThatIsTooShort) {
  EXPECT_EQ(Results("retry-after-honoured",
                    [](Story& story) {
                      story.At(0s, kMake, kBox).Answered(429).RetryAfter(60s, 1s);
                      story.At(120ms, kMake, kBox);
                    }),
            Alike{"fail"});
}

TEST(FastClock, HoldsAClientToTheSecondsThatItWasTold) {
  EXPECT_EQ(Results("retry-after-honoured",
                    [](Story& story) {
                      story.At(0s, kMake, kBox).Answered(429).RetryAfter(60s, 1s);
                      story.At(1s, kMake, kBox);
                    }),
            Alike{"pass"});
}

TEST(FastClock, LeavesGrowingWaitsAndHotLoopsWhatTheyAre) {
  const auto waits = [](std::vector<Duration> all) {
    return [all](Story& story) { story.Waits(all, kMake, kBox, 503); };
  };
  EXPECT_EQ(Results("backoff-grows", waits({100ms, 200ms, 400ms})), Alike{"pass"});
  EXPECT_EQ(Results("backoff-grows", waits({1ms, 2ms, 1ms})), Alike{"fail"});
}

TEST(FastClock, LeavesAPollersPaceWhatItIs) {
  const auto polls = [](Duration wait) {
    return [wait](Story& story) {
      for (int i = 0; i < 6; ++i) story.At(i * wait, "GET /v1/boxes/a").GoingOn();
    };
  };
  EXPECT_EQ(Results("polling-sane", polls(500ms)), Alike{"pass"});
  EXPECT_EQ(Results("polling-sane", polls(20ms)), Alike{"fail"});
}

}  // namespace
}  // namespace mockduit
