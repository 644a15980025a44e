// How long verdicts over a full journal take: a line for each check and the sum, of journals that
// are hard in different ways, such as one place or one call that has all exchanges. `./dev bench`
// builds and runs it. Asserts nothing: the figures depend on the machine.
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

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

// Prints what each check takes.
void Measure(std::string_view what, const Story& story) {
  std::vector<Exchange> exchanges = story.exchanges();
  std::printf("%s\n", std::string(what).c_str());
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
  std::printf("  %-26s %8.1f ms\n", "all", Millis(begin));
}

Story AMixtureOfEverything() {
  Story story;
  Random random(7);
  for (int i = 0; i < kExchanges; ++i) {
    const Duration at = i * Duration(37ms);
    const std::string one = "/v1/boxes/" + std::to_string(random.Below(200));
    switch (random.Below(8)) {
      case 0: story.At(at, "GET " + one, Body(1)).GoingOn(); break;
      case 1: story.At(at, "PATCH " + one, Body(random.Below(50))).Answered(503).Passing(); break;
      case 2: story.At(at, "PATCH " + one, Body(random.Below(50))); break;
      case 3: story.At(at, "POST /v1/boxes", Body(random.Next())).Answered(201); break;
      case 4: story.At(at, "POST /v1/boxes", Body(random.Below(99))).Answered(500).Applied(); break;
      case 5:
        story.At(at, "POST /v1/boxes", Body(random.Below(99))).Answered(429).RetryAfter(3s);
        break;
      case 6:
        story.At(at, "GET /v1/boxes?cursor=" + std::to_string(i), Body(1))
            .Points(std::to_string(i + 1));
        break;
      default: story.At(at, "DELETE " + one, Body(1)).Answered(404); break;
    }
  }
  return story;
}

Story CreatesThatAllDiffer() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i))).Answered(201);
  }
  return story;
}

Story CreatesThatAllFailInPassing() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(503)
        .Passing();
  }
  return story;
}

Story CreatesThatAllAreOneUnseen() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(1)).Answered(500).Applied();
  }
  return story;
}

Story OneCallThatNeverWaits() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(1)).Answered(429).RetryAfter(60s);
  }
  return story;
}

Story OneCallThatWaitsEachTime() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "POST /v1/boxes", Body(1))
        .Answered(429)
        .RetryAfter(1s)
        .On(static_cast<unsigned>(i % 5) + 1);
  }
  return story;
}

Story OnePlaceThatIsLookedAt() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "GET /v1/boxes/a", Body(1)).GoingOn();
  }
  return story;
}

Story AListOfManyPages() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1s), "GET /v1/lids?skip=" + std::to_string(i), Body(1))
        .Points(std::to_string(i + 1));
  }
  return story;
}

}  // namespace
}  // namespace mockduit

int main() {
  using namespace mockduit;  // NOLINT(google-build-using-namespace): what is measured
  Measure("a mixture of everything", AMixtureOfEverything());
  Measure("creates that all differ", CreatesThatAllDiffer());
  Measure("creates that all fail for a while", CreatesThatAllFailInPassing());
  Measure("equal creates whose responses were lost", CreatesThatAllAreOneUnseen());
  Measure("one call that never waits", OneCallThatNeverWaits());
  Measure("one call that waits each time", OneCallThatWaitsEachTime());
  Measure("one place that is polled", OnePlaceThatIsLookedAt());
  Measure("a list of many pages", AListOfManyPages());
}
