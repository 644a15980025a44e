// A client must give up at some point: retries that never end keep a vendor down that struggles.
#include <algorithm>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The numbers of attempts of several calls, if every wait of less than half the wait before it
// begins another call.
std::vector<std::size_t> Parts(const ClientCall& call) {
  constexpr Duration kTelling = std::chrono::milliseconds(50);  // shorter waits differ by chance
  std::vector<std::size_t> parts{1};
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const bool begins =
        i > 0 && call.WaitAfter(i - 1) >= kTelling && call.WaitAfter(i) * 2 < call.WaitAfter(i - 1);
    if (begins) {
      parts.push_back(1);
    } else {
      ++parts.back();
    }
  }
  return parts;
}

// True when the attempts may be those of a client that makes the call a few times, each with the
// same number of attempts: attempts after 0, 1 and 3 s, and the same again, are two calls. The
// pause before the second call counts as a wait of the first.
bool IsSeveralCalls(const std::vector<std::size_t>& parts, std::uint64_t most) {
  if (parts.size() < 2) return false;
  const std::size_t each = parts.size() > 2 ? parts[1] : parts.front();
  const bool first = parts.front() == each || parts.front() == each + 1;
  return first && each > 1 && each <= most && parts.back() <= each &&
         std::all_of(parts.begin() + 1, parts.end() - 1,
                     [&](std::size_t part) { return part == each; });
}

// A refusal ends a run; but refusals that are repeated are one.
std::vector<ClientCall> RunsOf(const ClientCall& call) {
  std::vector<ClientCall> runs;
  for (ClientCall& tries : Tries(call)) {
    const auto refused = [](const ClientCall& run) { return run.first().reply == Reply::kRefusal; };
    if (!runs.empty() && refused(runs.back()) && refused(tries)) {
      runs.back().attempts.push_back(tries.attempts.front());
    } else {
      runs.push_back(std::move(tries));
    }
  }
  return runs;
}

void EvaluateRun(const ClientCall& run, Evaluation& evaluation) {
  constexpr std::size_t kManyCalls = 4;
  const std::uint64_t most = evaluation.Count("max_attempts");
  const std::size_t attempts = run.attempts.size();
  const Entry& last = run.last();
  const std::vector<std::size_t> parts = Parts(run);
  if (attempts > most) {
    const std::string tried = RequestText(last) + " was tried " + Spell(attempts, "time") +
                              " within " + Spell(last.at - run.first().at);
    const bool several = !run.identified && attempts < 2 * most && IsSeveralCalls(parts, most);
    if (!several || parts.size() >= kManyCalls) evaluation.Exercise();
    if (!several) {
      return evaluation.Fail("too-many", tried + "; " + std::to_string(most) + " are enough",
                             run.attempts);
    }
    if (parts.size() >= kManyCalls) {
      return evaluation.Doubt(
          "calls-or-layers",
          tried + ": by a client that makes " + Spell(parts.size(), "call") +
              ", or by one that retries what is retried already; give each call "
              "an identity (X-Mockduit-Call)",
          run.attempts);
    }
  }
  if (!last.failed()) return;
  evaluation.Exercise(RequestText(last) + " was given up after " + Spell(attempts, "attempt"));
}

void EvaluateAttempts(const ClientCall& call, Evaluation& evaluation) {
  for (const ClientCall& run : RunsOf(call)) EvaluateRun(run, evaluation);
}

void EvaluateRetriesBounded(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, EvaluateAttempts);
}

}  // namespace

Check RetriesBounded() {
  return {"retries-bounded",
          "gives up a call that goes on failing",
          "RFC 9110, section 9.2.2; Google SRE Book, chapter 22: retry budgets",
          {{"max_attempts", "10", "of a call, the first one included", "1"}},
          &EvaluateRetriesBounded};
}

}  // namespace mockduit
