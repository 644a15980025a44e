// A client must give up a call that keeps failing.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/phrases.h"
#include "verify/retries.h"

namespace mockduit {
namespace {

// The numbers of attempts of several calls, if every wait of less than half the wait before it
// begins another call.
std::vector<std::size_t> Parts(const Retries& retries) {
  constexpr Duration kTelling = std::chrono::milliseconds(50);  // shorter waits differ by chance
  std::vector<std::size_t> parts{1};
  for (std::size_t i = 0; i + 1 < retries.attempts.size(); ++i) {
    const bool begins = i > 0 && retries.WaitAfter(i - 1) >= kTelling &&
                        retries.WaitAfter(i) * 2 < retries.WaitAfter(i - 1);
    if (begins) {
      parts.push_back(1);
    } else {
      ++parts.back();
    }
  }
  return parts;
}

// True when the attempts may be those of a client that makes the call several times, each with the
// same number of attempts: attempts after 0, 1 and 3 s, and the same again, are two calls. The
// pause before the second call counts as a wait of the first.
bool IsSeveralCalls(const Retries& retries, std::uint64_t most) {
  const std::vector<std::size_t> parts = Parts(retries);
  if (parts.size() < 2) return false;
  const std::size_t each = parts.size() > 2 ? parts[1] : parts.front();
  const bool first = parts.front() == each || parts.front() == each + 1;
  return first && each > 1 && each <= most && parts.back() <= each &&
         std::all_of(parts.begin() + 1, parts.end() - 1,
                     [&](std::size_t part) { return part == each; });
}

void EvaluateRetriesBounded(const History& history, Evaluation& evaluation) {
  const std::uint64_t most = evaluation.Count("max_attempts");
  for (const Retries& retries : RetriesOf(history)) {
    evaluation.Exercise();
    if (retries.attempts.size() <= most || IsSeveralCalls(retries, most)) continue;
    const Entry& last = *retries.attempts.back();
    evaluation.Fail(RequestText(last) + " was tried " + Spell(retries.attempts.size(), "time") +
                        " within " + Spell(last.at - retries.attempts.front()->at) + "; " +
                        std::to_string(most) + " are enough",
                    retries.attempts);
  }
}

}  // namespace

Check RetriesBounded() {
  return {"retries-bounded",
          "gives up a call that goes on failing",
          "RFC 9110, section 9.2.2; Google SRE Book, chapter 22: retry budgets",
          {{"max_attempts", "10", "of a call, the first one included"}},
          &EvaluateRetriesBounded};
}

}  // namespace mockduit
