// Verdicts over a full journal take well under a tenth of a second, also where all of it is one
// place or one call. Slow machines and unoptimized builds would fail these, so they run only when
// asked for: verify_test --gtest_also_run_disabled_tests --gtest_filter='*Speed*'
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "base/random.h"
#include "unit/verify/story.h"

namespace mockduit {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kExchanges = 10'000;

std::string Body(std::uint64_t number) {
  std::string body = R"({"name":"Box )" + std::to_string(number) + R"(","note":")";
  return body + std::string(298 - body.size(), 'x') + "\"}";
}

double Millis(Clock::time_point since) {
  return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

class DISABLED_Speed : public ::testing::Test {
 protected:
  // Prints what takes more than a millisecond, and holds the sum to the bound.
  void Measure(const Story& story) {
    std::vector<Exchange> exchanges = story.exchanges();
    ASSERT_EQ(exchanges.size(), static_cast<std::size_t>(kExchanges));
    const auto begin = Clock::now();
    const History history(std::move(exchanges), {}, Shop());
    std::printf("  %-26s %8.1f ms\n", "history", Millis(begin));
    const CheckSettings settings;
    for (const Check& check : Checks()) {
      const auto start = Clock::now();
      Evaluation evaluation(check, settings);
      check.evaluate(history, evaluation);
      const Verdict verdict = evaluation.Decide(history);
      std::printf("  %-26s %8.1f ms  %s\n", std::string(check.name).c_str(), Millis(start),
                  std::string(ResultName(verdict.result)).c_str());
    }
    const double all = Millis(begin);
    std::printf("  %-26s %8.1f ms\n", "all", all);
    EXPECT_LT(all, 100);
  }

  Random random_{7};
};

TEST_F(DISABLED_Speed, OfAMixtureOfEverything) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    const Duration at = i * Duration(37ms);
    const std::string one = "/v1/boxes/" + std::to_string(random_.Below(200));
    switch (random_.Below(8)) {
      case 0: story.At(at, "GET " + one, Body(1)).GoingOn(); break;
      case 1: story.At(at, "PATCH " + one, Body(random_.Below(50))).Answered(503).Passing(); break;
      case 2: story.At(at, "PATCH " + one, Body(random_.Below(50))); break;
      case 3: story.At(at, "POST /v1/boxes", Body(random_.Next())).Answered(201); break;
      case 4:
        story.At(at, "POST /v1/boxes", Body(random_.Below(99))).Answered(500).Applied();
        break;
      case 5:
        story.At(at, "POST /v1/boxes", Body(random_.Below(99))).Answered(429).RetryAfter(3s);
        break;
      case 6:
        story.At(at, "GET /v1/boxes?cursor=" + std::to_string(i), Body(1))
            .Points(std::to_string(i + 1));
        break;
      default: story.At(at, "DELETE " + one, Body(1)).Answered(404); break;
    }
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfCreatesThatAllDiffer) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i))).Answered(201);
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfCreatesThatAllFailInPassing) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(503)
        .Passing();
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfCreatesThatAllAreOneUnseen) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(1)).Answered(500).Applied();
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfOneCallThatNeverWaits) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(1)).Answered(429).RetryAfter(60s);
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfOneCallThatWaitsEachTime) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "POST /v1/boxes", Body(1))
        .Answered(429)
        .RetryAfter(1s)
        .On(static_cast<unsigned>(i % 5) + 1);
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfOnePlaceThatIsLookedAt) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "GET /v1/boxes/a", Body(1)).GoingOn();
  }
  Measure(story);
}

TEST_F(DISABLED_Speed, OfAListOfManyPages) {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "GET /v1/lids?skip=" + std::to_string(i), Body(1))
        .Points(std::to_string(i + 1));
  }
  Measure(story);
}

}  // namespace
}  // namespace mockduit
