// Where nothing says how long to wait, each wait is longer than the one before, on the whole.
// Jitter may make a single wait shorter, so only what jitter does not bring about is a fault:
// retries at once, and three waits or more that are all alike.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/runs.h"
#include "verify/words.h"

namespace mockduit {
namespace {

struct Waits {
  // In a row: none was told by Retry-After, and each began with an answer.
  std::vector<Duration> waits;
  History::Entries attempts;  // around them
};

// The longest row of waits that the client chose itself.
Waits OwnWaits(const Run& run) {
  Waits longest;
  Waits row;
  for (std::size_t i = 0; i + 1 < run.attempts.size(); ++i) {
    const Entry& attempt = *run.attempts[i];
    if (attempt.told || attempt.exchange->abandoned || !attempt.failed()) {
      row = {};
      continue;
    }
    if (row.attempts.empty()) row.attempts.push_back(&attempt);
    row.attempts.push_back(run.attempts[i + 1]);
    row.waits.push_back(run.WaitAfter(i));
    if (row.waits.size() > longest.waits.size()) longest = row;
  }
  return longest;
}

std::string List(const std::vector<Duration>& waits) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < waits.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + Spell(waits[i]);
  }
  return text + (waits.size() > kShown ? " …" : "");
}

void JudgeRun(const History& history, const Waits& own, Judgement& judgement) {
  constexpr std::size_t kEnoughToTell = 3;
  const auto& [waits, attempts] = own;
  if (waits.size() < 2) return;
  const auto [least, most] = std::ranges::minmax(waits);
  if (history.NoTimeBetween(*attempts.front(), *attempts.back())) {
    judgement.Exercise();
    return judgement.Doubt(
        "the session's clock stood still between the attempts; advance it as the client waits, or "
        "let it run",
        attempts);
  }
  // A single short wait may be drawn by jitter; two must be shorter still.
  const Duration at_once = judgement.Time("least") / (waits.size() < kEnoughToTell ? 2 : 1);
  const std::string tried = Called(*attempts.front()) + " was tried again ";
  if (most <= at_once) {
    judgement.Exercise();
    return judgement.Fail(tried + Spell(waits.size(), "time") + " at once: after " + List(waits),
                          attempts);
  }
  const auto spread = static_cast<double>((most - least).count());
  const bool alike = spread <= static_cast<double>(least.count()) * judgement.Share("growth");
  if (waits.size() >= kEnoughToTell) {
    judgement.Exercise();
    if (!alike) return;
    return judgement.Fail(tried + "after waits that do not grow: " + List(waits), attempts);
  }
  const bool grows = waits.back() > waits.front() && !alike;
  if (grows) judgement.Exercise();
}

void Judge(const History& history, Judgement& judgement) {
  for (const Run& run : RunsOf(history)) JudgeRun(history, OwnWaits(run), judgement);
}

}  // namespace

Check BackoffGrows() {
  return {"backoff-grows",
          "waits longer before each further attempt",
          "Google SRE Book, chapter 22; AWS Builders' Library: timeouts, retries, and backoff with "
          "jitter",
          {{"least", "10ms", "a wait that counts as one; half of it where there are only two"},
           {"growth", "10%", "by which waits must differ"}},
          &Judge};
}

}  // namespace mockduit
