// A request that got 400, 401, 403, 404 or 422 must not be sent again unchanged: it would be
// refused again, unless a write came in between.
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// Both are attempts of one call, so their credentials and bodies are equal.
bool Repeats(const History& history, const Entry& refused, const Entry& next, Duration within) {
  return refused.reply == Reply::kRefusal && history.Follows(refused, next) &&
         next.changes == refused.changes && next.at - refused.answered <= within;
}

void EvaluateNoRetryOnClientError(const History& history, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  for (const History::Entries& attempts : history.calls()) {
    History::Entries repeated;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (attempts[i]->reply == Reply::kRefusal) evaluation.Exercise();
      if (i == 0 || !Repeats(history, *attempts[i - 1], *attempts[i], within)) continue;
      if (repeated.empty()) repeated.push_back(attempts[i - 1]);
      repeated.push_back(attempts[i]);
    }
    if (repeated.empty()) continue;
    const Entry& refused = *repeated.front();
    if (refused.exchange->marks.body == 0) {
      evaluation.Doubt(
          "a journal from a state file does not show whether the credential or the body differed",
          repeated);
      continue;
    }
    evaluation.Fail(
        RequestText(refused) + " was answered " + AnswerText(refused) +
            ", and the same request was sent again " +
            (repeated.size() == 2 ? "" : Spell(repeated.size() - 1, "time") + ", first ") +
            Spell(repeated[1]->at - refused.answered) + " later",
        repeated);
  }
}

}  // namespace

Check NoRetryOnClientError() {
  return {"no-retry-on-client-error",
          "does not repeat a request that was refused",
          "RFC 9110, section 15.5",
          {{"within", "30s", "after which the same request is taken for a new one"}},
          &EvaluateNoRetryOnClientError};
}

}  // namespace mockduit
