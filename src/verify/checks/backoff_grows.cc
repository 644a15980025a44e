// Where no Retry-After announces a wait, the waits between attempts must grow on the whole. Jitter
// may make a single wait shorter, so only what jitter cannot cause is a fault: immediate retries,
// and three waits or more that are all alike.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/phrases.h"
#include "verify/retries.h"

namespace mockduit {
namespace {

struct Waits {
  // Consecutive waits that no Retry-After announced, each after a response.
  std::vector<Duration> waits;
  History::Entries attempts;  // before, between and after the waits
};

// The longest sequence of waits that the client chose itself.
Waits OwnWaits(const Retries& retries) {
  Waits longest;
  Waits current;
  for (std::size_t i = 0; i + 1 < retries.attempts.size(); ++i) {
    const Entry& attempt = *retries.attempts[i];
    if (attempt.retry_after || attempt.exchange->abandoned || !attempt.failed()) {
      current = {};
      continue;
    }
    if (current.attempts.empty()) current.attempts.push_back(&attempt);
    current.attempts.push_back(retries.attempts[i + 1]);
    current.waits.push_back(retries.WaitAfter(i));
    if (current.waits.size() > longest.waits.size()) longest = current;
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

void EvaluateRetries(const History& history, const Waits& own, Evaluation& evaluation) {
  constexpr std::size_t kEnoughWaits = 3;
  const auto& [waits, attempts] = own;
  if (waits.size() < 2) return;
  const auto [least, most] = std::ranges::minmax(waits);
  if (history.NoTimeBetween(*attempts.front(), *attempts.back())) {
    evaluation.Exercise();
    return evaluation.Doubt(
        "the session's clock stood still between the attempts; advance it as the client waits, or "
        "let it run",
        attempts);
  }
  // Jitter may make one of two waits short, so two waits must be shorter still.
  const Duration at_once = evaluation.Time("least") / (waits.size() < kEnoughWaits ? 2 : 1);
  const std::string tried = RequestText(*attempts.front()) + " was tried again ";
  if (most <= at_once) {
    evaluation.Exercise();
    return evaluation.Fail(tried + Spell(waits.size(), "time") + " at once: after " + List(waits),
                           attempts);
  }
  const auto spread = static_cast<double>((most - least).count());
  const bool alike = spread <= static_cast<double>(least.count()) * evaluation.Share("growth");
  if (waits.size() >= kEnoughWaits) {
    evaluation.Exercise();
    if (!alike) return;
    return evaluation.Fail(tried + "after waits that do not grow: " + List(waits), attempts);
  }
  const bool grows = waits.back() > waits.front() && !alike;
  if (grows) evaluation.Exercise();
}

void EvaluateBackoffGrows(const History& history, Evaluation& evaluation) {
  for (const Retries& retries : RetriesOf(history))
    EvaluateRetries(history, OwnWaits(retries), evaluation);
}

}  // namespace

Check BackoffGrows() {
  return {"backoff-grows",
          "waits longer before each further attempt",
          "Google SRE Book, chapter 22; AWS Builders' Library: timeouts, retries, and backoff with "
          "jitter",
          {{"least", "10ms", "a wait that counts as one; half of it where there are only two"},
           {"growth", "10%", "by which waits must differ"}},
          &EvaluateBackoffGrows};
}

}  // namespace mockduit
