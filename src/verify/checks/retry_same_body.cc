// A retry must send the same body: the same bytes, or at least the same JSON. A body that is empty,
// cut off, or different only in what changes from attempt to attempt is a fault; any other body is
// that of another call.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

Likeness LikenessOf(const History& history, const Entry& failed, const Entry& retry) {
  const bool may_be = history.LikenessOf(failed) == history.LikenessOf(retry);
  return may_be ? Compare(failed, retry) : Likeness{};
}

// The fault in the body of `retry` as the next attempt of `failed`; "" when it is another call.
std::string WhatChanged(const Entry& failed, const Entry& retry, const Likeness& likeness) {
  if (retry.exchange->request_bytes == 0) return "without its body";
  // The journal may have replaced a body that is not JSON.
  const bool shorter = retry.exchange->request_bytes < failed.exchange->request_bytes;
  if (shorter && !Json::Parse(retry.request().body) && Json::Parse(failed.request().body)) {
    return "with its body cut off";
  }
  return likeness.same ? "with another body" : "";
}

// The next request of the failed attempt's caller at this place; nullptr when there is none.
const Entry* NextOf(const History& history, const History::Entries& place, std::size_t failed,
                    Duration within) {
  constexpr std::size_t kFar = 50;  // entries to search; those of other callers may lie in between
  const std::size_t end = std::min(place.size(), failed + 1 + kFar);
  for (std::size_t i = failed + 1; i < end; ++i) {
    if (place[i]->at - place[failed]->at > within) return nullptr;
    if (history.Follows(*place[failed], *place[i])) return place[i];
  }
  return nullptr;
}

void EvaluateBodies(const History& history, const History::Entries& place, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Entry& failed = *place[i];
    if (!failed.failed() || failed.exchange->request_bytes == 0) continue;
    const Entry* next = NextOf(history, place, i, within);
    if (next == nullptr) continue;
    const Likeness likeness = LikenessOf(history, failed, *next);
    if (likeness.exact) {
      evaluation.Exercise();
    } else if (const std::string changed = WhatChanged(failed, *next, likeness); !changed.empty()) {
      evaluation.Exercise();
      evaluation.Fail(
          RequestText(*next) + " was tried again " + changed + " after " + AnswerText(failed),
          {&failed, next});
    }
  }
}

void EvaluateRetrySameBody(const History& history, Evaluation& evaluation) {
  for (const History::Entries& place : history.places()) EvaluateBodies(history, place, evaluation);
}

}  // namespace

Check RetrySameBody() {
  return {"retry-same-body",
          "sends the same body again when it tries again",
          "RFC 9110, section 9.2.2: a retry repeats the request",
          {{"within", "10m", "after which a request is taken for a new one"}},
          &EvaluateRetrySameBody};
}

}  // namespace mockduit
