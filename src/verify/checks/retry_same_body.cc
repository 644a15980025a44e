// A retry must send the same body: the same bytes, or at least the same JSON. A body that is empty,
// cut off, encoded twice, or different only in what changes from attempt to attempt is a fault; any
// other body is that of another call.
#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

std::string WhatChanged(const Entry& failed, const Entry& retry) {
  if (retry.exchange->request_bytes == 0) return "without its body";
  const auto before = Json::Parse(failed.request().body);
  const auto after = Json::Parse(retry.request().body);
  if (before && !after) {
    const bool form = retry.request().body.contains('=') && !retry.request().body.contains('{');
    return form ? "with its body as a form" : "with its body cut off";
  }
  if (after && after->IsString() && before && before->IsObject())
    return "with its body encoded twice";
  if (before && after && before->IsObject() && after->IsObject() &&
      before->IfObject()->size() != after->IfObject()->size()) {
    return "with other members in its body";
  }
  return "with another body";
}

void EvaluateBodies(const ClientCall& call, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Entry& failed = *call.attempts[i];
    const Entry& next = *call.attempts[i + 1];
    if (!failed.failed() || failed.exchange->request_bytes == 0) continue;
    if (call.WaitAfter(i) > within) continue;
    if (Compare(failed, next) == Likeness::kExact) {
      evaluation.Exercise(RequestText(next) + " was tried again with the same body");
      continue;
    }
    evaluation.Exercise();
    evaluation.Fail(RequestText(next) + " was tried again " + WhatChanged(failed, next) +
                        " after " + AnswerText(failed),
                    {&failed, &next});
  }
}

void EvaluateRetrySameBody(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, EvaluateBodies);
}

}  // namespace

Check RetrySameBody() {
  return {"retry-same-body",
          "sends the same body again when it tries again",
          "RFC 9110, section 9.2.2: a retry repeats the request",
          {{"within", "10m", "after which a request is taken for a new one", "1ms"}},
          &EvaluateRetrySameBody};
}

}  // namespace mockduit
