// Where a client sends an Idempotency-Key, all attempts of a call must have the same one, and
// another call another one: a server knows a repeated call by it.
#include <map>
#include <string>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

std::string_view KeyOf(const Entry& entry) {
  const Headers& headers = entry.request().headers;
  const std::string_view key = headers.Get("Idempotency-Key");
  return key.empty() ? headers.Get("X-Idempotency-Key") : key;
}

void EvaluateKeys(const ClientCall& call, Evaluation& evaluation) {
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Entry& failed = *call.attempts[i];
    const Entry& next = *call.attempts[i + 1];
    const std::string_view key = KeyOf(failed);
    if (!failed.failed() || (key.empty() && KeyOf(next).empty())) continue;
    if (key == KeyOf(next)) {
      evaluation.Exercise(RequestText(next) + " was tried again with the same Idempotency-Key");
      continue;
    }
    evaluation.Exercise();
    evaluation.Fail("changed",
                    RequestText(next) + " was tried again after " + AnswerText(failed) +
                        (KeyOf(next).empty() ? " without its Idempotency-Key"
                                             : " with another Idempotency-Key"),
                    {&failed, &next});
  }
}

// Also with a credential that was renewed, and where a redirect led.
bool IsSameCall(const Entry& first, const Entry& next) {
  const bool redirected =
      first.exchange->response.status == 307 || first.exchange->response.status == 308;
  const bool same_place = first.request().method == next.request().method &&
                          first.path == next.path && first.request().query == next.request().query;
  return redirected || (same_place && Compare(first, next) >= Likeness::kRenamed);
}

// A credential is renewed where the old one was refused, or some failed. Whoever came through has
// no need of it.
bool IsOfAnother(const Entry& first, const Entry& next) {
  return first.caller != next.caller && first.exchange->response.status < 300 &&
         first.reply == Reply::kSuccess;
}

void DoubtCaller(const Entry& first, const Entry& next, Evaluation& evaluation) {
  evaluation.Exercise();
  evaluation.Doubt("one-or-two-callers",
                   RequestText(next) +
                       " came again with its Idempotency-Key and another credential or "
                       "User-Agent: of the same caller, or of another with the same key; give each "
                       "call an identity (X-Mockduit-Call)",
                   {&first, &next});
}

void EvaluateReuse(const History& history, Evaluation& evaluation) {
  std::map<std::string_view, const Entry*> first;  // by key
  for (const Entry& entry : history.entries()) {
    const std::string_view key = KeyOf(entry);
    if (key.empty()) continue;
    const auto [known, fresh] = first.try_emplace(key, &entry);
    if (fresh) continue;
    const Entry& other = *known->second;
    if (IsSameCall(other, entry)) {
      if (IsOfAnother(other, entry)) DoubtCaller(other, entry, evaluation);
      continue;
    }
    evaluation.Exercise();
    evaluation.Fail(
        "reused",
        RequestText(entry) + " had the Idempotency-Key of another call, " + RequestText(other),
        {&other, &entry});
  }
}

void EvaluateIdempotencyKey(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, EvaluateKeys);
  EvaluateReuse(history, evaluation);
}

}  // namespace

Check IdempotencyKey() {
  return {"idempotency-key",
          "keeps the Idempotency-Key of a call, and gives each call its own",
          "The Idempotency-Key HTTP Header Field (draft-ietf-httpapi-idempotency-key-header-07), "
          "section 2",
          {},
          &EvaluateIdempotencyKey};
}

}  // namespace mockduit
