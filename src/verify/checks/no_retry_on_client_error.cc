// After 400, 401, 403, 404 or 422 the identical call is not made again: it would be refused again,
// unless something has changed in between.
#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

// The credential and the body are the same, or it would be another call.
bool Repeats(const History& history, const Entry& refused, const Entry& next, Duration within) {
  return refused.reply == Reply::kRefusal && history.Follows(refused, next) &&
         next.changes == refused.changes && next.at - refused.answered <= within;
}

void Judge(const History& history, Judgement& judgement) {
  const Duration within = judgement.Time("within");
  for (const History::Entries& attempts : history.calls()) {
    History::Entries repeated;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (attempts[i]->reply == Reply::kRefusal) judgement.Exercise();
      if (i == 0 || !Repeats(history, *attempts[i - 1], *attempts[i], within)) continue;
      if (repeated.empty()) repeated.push_back(attempts[i - 1]);
      repeated.push_back(attempts[i]);
    }
    if (repeated.empty()) continue;
    const Entry& refused = *repeated.front();
    if (refused.exchange->marks.body == 0) {
      judgement.Doubt(
          "a journal that was kept in a file does not tell whether the credential or the "
          "body was another one",
          repeated);
      continue;
    }
    judgement.Fail(
        Called(refused) + " was answered " + Answered(refused) +
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
          &Judge};
}

}  // namespace mockduit
