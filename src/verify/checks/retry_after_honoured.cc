// After a response with Retry-After, the next attempt of the call must wait until that time is
// over; after a redirect with one, so must the request that follows it.
#include <algorithm>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/leads_to.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// A date is held against the client's own clock, which a session's that stands still is not.
bool CannotTell(const Entry& told, const Entry& next) {
  const bool date = told.exchange->retry_after->date != Time{};
  return History::ClockStoodStill(told, next) || (date && told.exchange->clock.rate == 0);
}

// On a clock that stands still and is moved, what it was moved by is the client's wait, or the real
// time is: a busy machine adds some to the one that is short.
Duration WaitBetween(const Entry& told, const Entry& next) {
  const ClockNote& before = told.exchange->clock;
  const ClockNote& after = next.exchange->clock;
  const Duration waited = std::max(next.at - told.answered, Duration(0));
  if (before.rate != 0 || after.rate != 0) return waited;
  const Duration moved = after.moved - before.moved;
  return std::max(moved, waited - moved);
}

void HoldWait(const Entry& told, const Entry& next, std::string_view did, Evaluation& evaluation) {
  const Duration waited = WaitBetween(told, next);
  const std::string wait = Spell(waited) + " after " + AnswerText(told) + " with Retry-After " +
                           Spell(*told.retry_after);
  if (waited >= *told.retry_after - evaluation.Tolerance(*told.retry_after)) {
    return evaluation.Exercise(RequestText(next) + " " + std::string(did) + " " + wait);
  }
  evaluation.Exercise();
  evaluation.FailWait("too-soon", RequestText(next) + " " + std::string(did) + " " + wait,
                      {&told, &next}, CannotTell(told, next));
}

void EvaluateWaitsTold(const ClientCall& call, Evaluation& evaluation) {
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Entry& told = *call.attempts[i];
    if (told.retry_after) HoldWait(told, *call.attempts[i + 1], "was tried again", evaluation);
  }
}

void EvaluateRedirects(const History& history, Evaluation& evaluation) {
  const auto& entries = history.entries();
  for (const Entry& told : entries) {
    const Response& response = told.exchange->response;
    const auto location = response.headers.Find("Location");
    if (!told.retry_after || response.status >= 400 || !location) continue;
    constexpr std::size_t kFar = 256;  // requests of others may lie in between
    const auto first = entries.begin() + static_cast<std::ptrdiff_t>(told.index) + 1;
    const auto last = first + std::min<std::ptrdiff_t>(entries.end() - first, kFar);
    const auto next = std::find_if(first, last, [&](const Entry& entry) {
      return entry.caller == told.caller && entry.decided >= told.answered &&
             LeadsTo(*location, entry);
    });
    if (next != last) HoldWait(told, *next, "followed", evaluation);
  }
}

void EvaluateRetryAfterHonoured(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, EvaluateWaitsTold);
  EvaluateRedirects(history, evaluation);
}

}  // namespace

Check RetryAfterHonoured() {
  return {"retry-after-honoured",
          "waits as long as Retry-After says before it tries again",
          "RFC 9110, section 10.2.3; RFC 6585, section 4",
          {{"tolerance", "10%", "of the wait that may be missing"},
           {"grace", "50ms", "that may be missing of a short wait"}},
          &EvaluateRetryAfterHonoured};
}

}  // namespace mockduit
