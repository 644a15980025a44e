// A webhook's receiver must answer each delivery with 2xx within the vendor's time.
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

void EvaluateAnswersWebhooks(const History& history, Evaluation& evaluation) {
  for (const History::Delivery& delivery : history.deliveries()) {
    if (delivery.taken) {
      evaluation.Exercise("the event " + delivery.event + " was answered with 2xx");
      continue;
    }
    evaluation.Exercise();
    if (delivery.problem.contains("may not be called")) {
      evaluation.Doubt("not-sent",
                       "the event " + delivery.event + " was not sent: " + delivery.problem +
                           "; --webhook-allow lets it go there",
                       {});
      continue;
    }
    evaluation.Fail("not-taken",
                    "the event " + delivery.event + " was not taken by its webhook: " +
                        delivery.problem + ", " + Spell(delivery.attempts, "attempt"),
                    {});
  }
}

}  // namespace

Check AnswersWebhooks() {
  return {"answers-webhooks",
          "answers each delivery of a webhook with 2xx, in time",
          "the vendors' pages on their webhooks",
          {},
          &EvaluateAnswersWebhooks};
}

}  // namespace mockduit
