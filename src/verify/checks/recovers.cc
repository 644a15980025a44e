// A client must come through a failure that the scenario brings to an end: it tries again until
// something else than a failure comes. It may give up where trying again may do harm, since a
// request that is not idempotent may have taken effect (RFC 9110, section 9.2.2), and after an
// announced wait that is very long. A 429 says that nothing has happened, so giving up is a fault.
#include <algorithm>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// Whether its caller looked at what the failed request is about, and saw what has become of it.
bool Looks(const History& history, const Entry& failed) {
  const auto& entries = history.entries();
  return failed.exchange->applied &&
         std::any_of(
             entries.begin() + static_cast<std::ptrdiff_t>(failed.index) + 1, entries.end(),
             [&](const Entry& later) {
               return later.caller == failed.caller && later.reply == Reply::kSuccess &&
                      later.request().method == "GET" &&
                      (failed.path.starts_with(later.path) || later.path.starts_with(failed.path));
             });
}

// Whether the same came through later on with another credential, which was renewed meanwhile.
bool ComesThroughRenewed(const History& history, const Entry& failed) {
  const auto& entries = history.entries();
  return std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(failed.index) + 1, entries.end(),
                     [&](const Entry& later) {
                       return later.caller != failed.caller && !later.failed() &&
                              later.path == failed.path &&
                              later.request().method == failed.request().method &&
                              later.request().query == failed.request().query &&
                              later.request().headers.Get("User-Agent") ==
                                  failed.request().headers.Get("User-Agent") &&
                              IsSame(Compare(failed, later));
                     });
}

void EvaluateTries(const History& history, const ClientCall& tries, Evaluation& evaluation) {
  const auto is_passing = [](const Entry* entry) {
    return entry->failed() && entry->exchange->passing;
  };
  if (std::ranges::none_of(tries.attempts, is_passing)) return;
  const Entry& last = tries.last();
  const std::string attempts = Spell(tries.attempts.size(), "attempt");
  if (!last.failed()) {
    return evaluation.Exercise(RequestText(last) + " came through after " + attempts);
  }
  if (!last.exchange->passing) return;
  if (last.retry_after.value_or(Duration(0)) > evaluation.Time("patience")) return;
  if (Looks(history, last)) {
    return evaluation.Exercise(RequestText(last) + " had taken effect, which its client looked up");
  }
  if (!last.IsRateLimited() && !last.IsIdempotent()) {
    return evaluation.Exercise(RequestText(last) +
                               " was given up safely, since it may have taken effect");
  }
  evaluation.Exercise();
  if (ComesThroughRenewed(history, last)) {
    return evaluation.Doubt(
        "one-or-two-callers",
        RequestText(last) + " was answered " + AnswerText(last) +
            ", and came through with another credential: of the same caller, who "
            "renewed it, or of another; give each call an identity "
            "(X-Mockduit-Call)",
        {&last});
  }
  evaluation.Fail(RequestText(last) + " was given up after " + attempts +
                      ", the last one answered " + AnswerText(last) +
                      ", though the failure was about to pass",
                  {&last});
}

void EvaluateRecovers(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    for (const ClientCall& tries : Tries(call)) EvaluateTries(history, tries, of_call);
  });
}

}  // namespace

Check Recovers() {
  return {"recovers",
          "comes through failures that pass",
          "RFC 9110, sections 9.2.2 and 15.6.4: 503 is temporary; RFC 6585, section 4",
          {{"patience", "60s", "the longest announced wait after which giving up is a fault"}},
          &EvaluateRecovers};
}

}  // namespace mockduit
