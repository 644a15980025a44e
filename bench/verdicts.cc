// How long verdicts over a full journal take: a line for each check and the sum, of journals that
// are hard in different ways, such as one place or one call that has all exchanges; in the end the
// worst of each check. `./dev bench` builds and runs it. Asserts nothing: the figures depend on the
// machine.
#include <chrono>
#include <cstdio>
#include <map>
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

struct Worst {
  double millis = 0;
  std::string of;  // the journal
};

std::map<std::string_view, Worst>& WorstOfChecks() {
  static std::map<std::string_view, Worst> worst;
  return worst;
}

void Note(std::string_view check, double millis, std::string_view journal) {
  Worst& worst = WorstOfChecks()[check];
  if (millis > worst.millis) worst = {millis, std::string(journal)};
}

// Prints what each check takes.
void Measure(std::string_view what, const Story& story) {
  std::vector<Exchange> exchanges = story.exchanges();
  History::Facts facts = story.facts();
  std::printf("%s\n", std::string(what).c_str());
  const auto begin = Clock::now();
  const History history(std::move(exchanges), std::move(facts), Shop());
  std::printf("  %-26s %8.1f ms\n", "history", Millis(begin));
  const CheckSettings settings;
  for (const Check& check : Checks()) {
    const auto start = Clock::now();
    Evaluation evaluation(check, settings);
    check.evaluate(history, evaluation);
    const Verdict verdict = evaluation.Decide(history);
    const double took = Millis(start);
    std::printf("  %-26s %8.1f ms  %s\n", std::string(check.name).c_str(), took,
                std::string(ResultName(verdict.result)).c_str());
    Note(check.name, took, what);
  }
  const double all = Millis(begin);
  std::printf("  %-26s %8.1f ms\n", "all", all);
  Note("all", all, what);
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

// What each check has to search for most: something that never came.

Story SuccessesThatCarryAFailure() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(201)
        .Answers(R"({"id":"b)" + std::to_string(i) + R"(","state":"dented"})");
  }
  return story;
}

// Many places, a few looks each, in rounds.
Story ManyPlacesThatArePolled() {
  constexpr int kPlaces = kExchanges / 4;
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "GET /v1/boxes/" + std::to_string(i % kPlaces)).GoingOn();
  }
  return story;
}

Story LooksThatAllOverlap() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "GET /v1/boxes/a").GoingOn().After(60s);
  }
  return story;
}

Story CallsThatAreGivenUpUnseen() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "PUT /v1/boxes/" + std::to_string(i), Body(1))
        .Answered(503)
        .Passing()
        .Applied();
  }
  return story;
}

// One path, a credential for each body, which is used twice.
Story CallersThatGiveUp() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i / 2)))
        .Answered(429)
        .Passing()
        .By(static_cast<unsigned>(i / 2) + 1);
  }
  return story;
}

Story RefusedCallsThatComeAgain(const std::string& method) {
  constexpr int kCalls = kExchanges / 2;
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), method + " /v1/boxes/" + std::to_string(i % kCalls), Body(1))
        .Answered(404);
  }
  return story;
}

// A GET that fails three times in a row, again and again, at no pace of its own.
Story ReadsThatFail(int places) {
  Story story;
  Duration at{};
  for (int i = 0; i < kExchanges; ++i) {
    const int call = i / 4;
    at += i % 4 == 0 ? Duration(11min) : (1 << (i % 4)) * Duration(1s);
    story.At(at, "GET /v1/boxes/" + std::to_string(call % places)).Answered(503);
  }
  return story;
}

Story UnseenCreatesAndOtherDeletes() {
  constexpr int kThird = kExchanges / 3;
  Story story;
  for (int i = 0; i < kThird; ++i) {
    story.At(i * Duration(2s), "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(500)
        .Applied();
    story.At(i * Duration(2s) + 1s, "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(201)
        .Answers(R"({"id":"b)" + std::to_string(i) + "\"}");
  }
  for (int i = 0; i < kThird; ++i) {
    story.At(kThird * Duration(2s) + i * Duration(1ms), "DELETE /v1/boxes/b0");
  }
  return story;
}

Story CreatesThatAllOverlap() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "POST /v1/boxes", Body(static_cast<unsigned>(i)))
        .Answered(500)
        .Applied()
        .After(60s);
  }
  return story;
}

Story FirstPagesOfManyCallers() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    story.At(i * Duration(1ms), "GET /v1/boxes?limit=" + std::to_string(i))
        .Points("c" + std::to_string(i))
        .By(static_cast<unsigned>(i))
        .With("User-Agent", i % 2 == 0 ? "one" : "other");
  }
  return story;
}

// Pages of as many sizes as there are pages, which nothing pointed to.
Story PagesOfManySizes() {
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    const std::string number = std::to_string(i);
    story.At(i * Duration(1ms), "GET /v1/boxes?limit=" + number + "&cursor=" + number).Points("c");
  }
  return story;
}

Story AHerdThatIsRefused() {
  constexpr int kHerd = 100;
  Story story;
  for (int i = 0; i < kExchanges; ++i) {
    const int call = i % kHerd;
    story
        .At(i / kHerd * Duration(2s) + call * Duration(100us),
            "GET /v1/boxes/" + std::to_string(call))
        .Answered(429)
        .RetryAfter(2s)
        .On(static_cast<unsigned>(call) + 1);
  }
  return story;
}

// As many events as an outbox keeps, each with ten attempts, in all of which its receiver makes the
// same: those of one event are far from each other.
Story EventsThatAreHandledAgain() {
  constexpr int kEvents = 1'000;
  Story story;
  std::vector<History::Delivery> events(kEvents, {.event = "box_full", .taken = true});
  for (int i = 0; i < kExchanges; ++i) {
    const auto event = static_cast<unsigned>(i % kEvents);
    const Duration at = i * Duration(10ms);
    story.At(at, "POST /v1/boxes", Body(event)).Answered(201);
    events[event].attempts.push_back({200, kMorning + at, kMorning + at + 5ms});
  }
  for (History::Delivery& event : events) story.Delivered(std::move(event));
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
  Measure("successes that carry a failure", SuccessesThatCarryAFailure());
  Measure("many places that are polled", ManyPlacesThatArePolled());
  Measure("looks that all overlap", LooksThatAllOverlap());
  Measure("calls that are given up unseen", CallsThatAreGivenUpUnseen());
  Measure("callers that give up", CallersThatGiveUp());
  Measure("refused reads that come again", RefusedCallsThatComeAgain("GET"));
  Measure("refused writes that come again", RefusedCallsThatComeAgain("PATCH"));
  Measure("one place whose reads fail", ReadsThatFail(1));
  Measure("many places whose reads fail", ReadsThatFail(kExchanges));
  Measure("unseen creates, and other deletes", UnseenCreatesAndOtherDeletes());
  Measure("unseen creates that all overlap", CreatesThatAllOverlap());
  Measure("first pages of many callers", FirstPagesOfManyCallers());
  Measure("pages of many sizes", PagesOfManySizes());
  Measure("a herd that is refused", AHerdThatIsRefused());
  Measure("events that are handled again", EventsThatAreHandledAgain());
  std::printf("the worst of each check\n");
  for (const auto& [check, worst] : WorstOfChecks()) {
    std::printf("  %-26s %8.1f ms  %s\n", std::string(check).c_str(), worst.millis,
                worst.of.c_str());
  }
}
