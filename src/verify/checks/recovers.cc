// A client must retry a failure that the scenario brings to an end until the call succeeds. Where
// the operation took effect in spite of the failure, it may look at the result instead. After an
// announced wait that is very long it may give up.
#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

bool IsPassing(const Entry& entry, Duration patience) {
  return entry.failed() && entry.exchange->passing &&
         entry.retry_after.value_or(Duration(0)) <= patience;
}

// True when the operation took effect in spite of the failure, and its caller found out: it looked
// at the result, or got a response that was not a failure when it tried again.
bool FindsOut(const History& history, const Entry& failed) {
  if (!failed.exchange->applied || failed.operation == nullptr || !failed.operation->effect) {
    return false;
  }
  const std::string& kind = failed.operation->effect->which.kind;
  const auto& entries = history.entries();
  const auto is_retry = [&](const Entry& later) {
    return later.place == failed.place && !later.failed() && Compare(failed, later).same;
  };
  return std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(failed.index) + 1, entries.end(),
                     [&](const Entry& later) {
                       if (is_retry(later)) return true;
                       return later.caller == failed.caller && later.reply == Reply::kSuccess &&
                              (later.Asks(Does::kGet) || later.Asks(Does::kList)) &&
                              later.operation->effect->which.kind == kind;
                     });
}

// The last failure of each call that never succeeded, in the order of arrival.
History::Entries GivenUp(const History& history, const History::Entries& place,
                         Evaluation& evaluation) {
  const Duration patience = evaluation.Time("patience");
  std::unordered_map<std::uint64_t, const Entry*> succeeded;  // by likeness: the next success
  std::unordered_set<std::uint64_t> seen;  // calls whose last failure was visited
  History::Entries given_up;
  for (const Entry* entry : place | std::views::reverse) {
    if (entry->reply == Reply::kSuccess) succeeded[history.LikenessOf(*entry)] = entry;
    if (!IsPassing(*entry, patience) || !seen.insert(entry->call).second) continue;
    evaluation.Exercise();
    const auto success = succeeded.find(history.LikenessOf(*entry));
    if (success != succeeded.end() && Compare(*entry, *success->second).same) continue;
    if (!FindsOut(history, *entry)) given_up.push_back(entry);
  }
  std::ranges::reverse(given_up);
  return given_up;
}

void EvaluatePlace(const History& history, const History::Entries& place, Evaluation& evaluation) {
  if (std::ranges::none_of(place, [](const Entry* entry) { return entry->exchange->passing; })) {
    return;
  }
  std::unordered_map<std::uint64_t, std::uint64_t> attempts;  // by call
  for (const Entry* entry : place) ++attempts[entry->call];
  for (const Entry* entry : GivenUp(history, place, evaluation)) {
    evaluation.Fail(RequestText(*entry) + " was given up after " +
                        Spell(attempts[entry->call], "attempt") + ", the last one answered " +
                        AnswerText(*entry) + ", though the failure was about to pass",
                    {entry});
  }
}

void EvaluateRecovers(const History& history, Evaluation& evaluation) {
  for (const History::Entries& place : history.places()) EvaluatePlace(history, place, evaluation);
}

}  // namespace

Check Recovers() {
  return {"recovers",
          "comes through failures that pass",
          "RFC 9110, section 15.6.4: 503 is temporary; RFC 6585, section 4",
          {{"patience", "60s", "the longest announced wait after which giving up is a fault"}},
          &EvaluateRecovers};
}

}  // namespace mockduit
