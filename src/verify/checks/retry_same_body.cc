// A call that is tried again is the same call: the same bytes, or at least the same JSON. What is
// told from a call of its own is a body that is empty, cut off, or new only in what changes from
// attempt to attempt.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

Likeness LikenessOf(const History& history, const Entry& failed, const Entry& retry) {
  const bool may_be = history.LikenessOf(failed) == history.LikenessOf(retry);
  return may_be ? Compare(failed, retry) : Likeness{};
}

// What is wrong with `retry` as the next attempt of `failed`; "" when it is a call of its own.
std::string WhatChanged(const Entry& failed, const Entry& retry, const Likeness& likeness) {
  if (retry.exchange->request_bytes == 0) return "without its body";
  // The journal may have put something else in the place of what is no JSON.
  const bool shorter = retry.exchange->request_bytes < failed.exchange->request_bytes;
  if (shorter && !Json::Parse(retry.request().body) && Json::Parse(failed.request().body)) {
    return "with its body cut off";
  }
  return likeness.same ? "with another body" : "";
}

// What the caller of the failed attempt did next at this place, or nothing.
const Entry* NextOf(const History& history, const History::Entries& place, std::size_t failed,
                    Duration within) {
  constexpr std::size_t kFar = 50;  // other callers' attempts in between
  const std::size_t end = std::min(place.size(), failed + 1 + kFar);
  for (std::size_t i = failed + 1; i < end; ++i) {
    if (place[i]->at - place[failed]->at > within) return nullptr;
    if (history.Follows(*place[failed], *place[i])) return place[i];
  }
  return nullptr;
}

void JudgePlace(const History& history, const History::Entries& place, Judgement& judgement) {
  const Duration within = judgement.Time("within");
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Entry& failed = *place[i];
    if (!failed.failed() || failed.exchange->request_bytes == 0) continue;
    const Entry* next = NextOf(history, place, i, within);
    if (next == nullptr) continue;
    const Likeness likeness = LikenessOf(history, failed, *next);
    if (likeness.exact) {
      judgement.Exercise();
    } else if (const std::string changed = WhatChanged(failed, *next, likeness); !changed.empty()) {
      judgement.Exercise();
      judgement.Fail(Called(*next) + " was tried again " + changed + " after " + Answered(failed),
                     {&failed, next});
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
