// A call that fails and fails is given up one day.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/runs.h"
#include "verify/words.h"

namespace mockduit {
namespace {

// How many attempts each of several calls had, were a wait that is less than half of the one before
// the beginning of another call.
std::vector<std::size_t> Parts(const Run& run) {
  constexpr Duration kTelling = std::chrono::milliseconds(50);  // shorter waits differ by chance
  std::vector<std::size_t> parts{1};
  for (std::size_t i = 0; i + 1 < run.attempts.size(); ++i) {
    const bool begins =
        i > 0 && run.WaitAfter(i - 1) >= kTelling && run.WaitAfter(i) * 2 < run.WaitAfter(i - 1);
    if (begins) {
      parts.push_back(1);
    } else {
      ++parts.back();
    }
  }
  return parts;
}

// True for what a client sends that tries each of several calls equally often: attempts after 0, 1
// and 3 s, and the same once more, are no long run. The pause before the second call counts as a
// wait of the first.
bool IsSeveralCalls(const Run& run, std::uint64_t most) {
  const std::vector<std::size_t> parts = Parts(run);
  if (parts.size() < 2) return false;
  const std::size_t each = parts.size() > 2 ? parts[1] : parts.front();
  const bool first = parts.front() == each || parts.front() == each + 1;
  return first && each > 1 && each <= most && parts.back() <= each &&
         std::all_of(parts.begin() + 1, parts.end() - 1,
                     [&](std::size_t part) { return part == each; });
}

void Judge(const History& history, Judgement& judgement) {
  const std::uint64_t most = judgement.Count("max_attempts");
  for (const Run& run : RunsOf(history)) {
    judgement.Exercise();
    if (run.attempts.size() <= most || IsSeveralCalls(run, most)) continue;
    const Entry& last = *run.attempts.back();
    judgement.Fail(Called(last) + " was tried " + Spell(run.attempts.size(), "time") + " within " +
                       Spell(last.at - run.attempts.front()->at) + "; " + std::to_string(most) +
                       " are enough",
                   run.attempts);
  }
}

}  // namespace

Check RetriesBounded() {
  return {"retries-bounded",
          "gives up a call that goes on failing",
          "RFC 9110, section 9.2.2; Google SRE Book, chapter 22: retry budgets",
          {{"max_attempts", "10", "of a call, the first one included"}},
          &Judge};
}

}  // namespace mockduit
