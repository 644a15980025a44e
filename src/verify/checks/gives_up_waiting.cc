// An answer that does not come must not hold a client for ever: it leaves after a time of its own.
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

void EvaluateGivesUpWaiting(const History& history, Evaluation& evaluation) {
  const Duration most = evaluation.Time("most");
  for (const Entry& entry : history.entries()) {
    const auto& wire = entry.exchange->wire;
    if (!wire || wire->ended == Time{}) continue;
    const Duration waited = wire->ended - wire->arrived;
    if (waited >= most) {
      evaluation.Exercise();
      evaluation.Fail("waited-too-long",
                      "the client of " + RequestText(entry) + " waited " + Spell(waited) +
                          " for its answer; " + Spell(most) + " are enough",
                      {&entry});
    } else if (wire->left) {
      evaluation.Exercise("the client of " + RequestText(entry) + " left after " + Spell(waited) +
                          " without its answer");
    }
  }
}

}  // namespace

Check GivesUpWaiting() {
  return {"gives-up-waiting",
          "leaves an answer that does not come",
          "AWS Builders' Library: timeouts, retries, and backoff with jitter",
          {{"most", "90s", "that a client may wait for one answer", "1ms"}},
          &EvaluateGivesUpWaiting};
}

}  // namespace mockduit
