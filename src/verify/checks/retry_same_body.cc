// A call that is tried again is the same call: the same bytes, or at least the same JSON. What is
// told from a call of its own is a body that is empty, cut off, or new only in what changes from
// attempt to attempt.
#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

// What is wrong with `retry` as the next attempt of `failed`; "" when it is a call of its own.
std::string WhatChanged(const Entry& failed, const Entry& retry) {
  const std::string& first = failed.request().body;
  const std::string& second = retry.request().body;
  if (second.empty()) return "without its body";
  if (second.size() < first.size() && first.starts_with(second)) return "with its body cut off";
  const Likeness likeness = Compare(failed, retry);
  return likeness.same && !likeness.exact ? "with another body" : "";
}

void JudgePlace(const History& history, const History::Entries& place, Judgement& judgement) {
  const Duration within = judgement.Time("within");
  for (std::size_t i = 0; i + 1 < place.size(); ++i) {
    const Entry& failed = *place[i];
    const Entry& next = *place[i + 1];
    if (!failed.failed() || failed.exchange->request_bytes == 0) continue;
    if (!history.Follows(failed, next) || next.at - failed.answered > within) continue;
    if (Compare(failed, next).exact) {
      judgement.Exercise();
    } else if (const std::string changed = WhatChanged(failed, next); !changed.empty()) {
      judgement.Exercise();
      judgement.Fail(Called(next) + " was tried again " + changed + " after " + Answered(failed),
                     {&failed, &next});
    }
  }
}

void Judge(const History& history, Judgement& judgement) {
  for (const History::Entries& place : history.places()) JudgePlace(history, place, judgement);
}

}  // namespace

Check RetrySameBody() {
  return {"retry-same-body",
          "sends the same body again when it tries again",
          "RFC 9110, section 9.2.2: a retry repeats the request",
          {{"within", "10m", "after which a request is taken for a new one"}},
          &Judge};
}

}  // namespace mockduit
