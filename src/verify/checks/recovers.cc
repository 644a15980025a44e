// A failure that the scenario brings to an end is followed by a success: the call's own, or, where
// the operation happened all the same, that of a look at what came of it. Who is told to wait for
// very long may as well give up.
#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <unordered_set>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

bool IsPassing(const Entry& entry, Duration patience) {
  return entry.failed() && entry.exchange->passing && entry.told.value_or(Duration(0)) <= patience;
}

// The operation had happened all the same, and its caller has looked whether it did, or was told
// when it tried again.
bool FindsOut(const History& history, const Entry& failed) {
  if (!failed.exchange->applied || failed.operation == nullptr || !failed.operation->effect) {
    return false;
  }
  const std::string& kind = failed.operation->effect->which.kind;
  const auto& entries = history.entries();
  const auto told = [&](const Entry& later) {
    return later.place == failed.place && !later.failed() && Compare(failed, later).same;
  };
  return std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(failed.index) + 1, entries.end(),
                     [&](const Entry& later) {
                       if (told(later)) return true;
                       return later.caller == failed.caller && later.reply == Reply::kSuccess &&
                              (later.Asks(Does::kGet) || later.Asks(Does::kList)) &&
                              later.operation->effect->which.kind == kind;
                     });
}

// The last failures of calls that nothing came of, in the order in which they came.
History::Entries GivenUp(const History& history, const History::Entries& place,
                         Judgement& judgement) {
  const Duration patience = judgement.Time("patience");
  std::unordered_map<std::uint64_t, const Entry*> succeeded;  // by likeness: the next success
  std::unordered_set<std::uint64_t> seen;                     // calls whose last failure was met
  History::Entries given_up;
  for (const Entry* entry : place | std::views::reverse) {
    if (entry->reply == Reply::kSuccess) succeeded[history.LikenessOf(*entry)] = entry;
    if (!IsPassing(*entry, patience) || !seen.insert(entry->call).second) continue;
    judgement.Exercise();
    const auto success = succeeded.find(history.LikenessOf(*entry));
    if (success != succeeded.end() && Compare(*entry, *success->second).same) continue;
    if (!FindsOut(history, *entry)) given_up.push_back(entry);
  }
  std::ranges::reverse(given_up);
  return given_up;
}

void JudgePlace(const History& history, const History::Entries& place, Judgement& judgement) {
  if (std::ranges::none_of(place, [](const Entry* entry) { return entry->exchange->passing; })) {
    return;
  }
  std::unordered_map<std::uint64_t, std::uint64_t> attempts;  // by call
  for (const Entry* entry : place) ++attempts[entry->call];
  for (const Entry* entry : GivenUp(history, place, judgement)) {
    judgement.Fail(Called(*entry) + " was given up after " +
                       Spell(attempts[entry->call], "attempt") + ", the last one answered " +
                       Answered(*entry) + ", though the failure was about to pass",
                   {entry});
  }
}

void Judge(const History& history, Judgement& judgement) {
  for (const History::Entries& place : history.places()) JudgePlace(history, place, judgement);
}

}  // namespace

Check Recovers() {
  return {"recovers",
          "comes through failures that pass",
          "RFC 9110, section 15.6.4: 503 is temporary; RFC 6585, section 4",
          {{"patience", "60s", "beyond which a told wait may be answered by giving up"}},
          &Judge};
}

}  // namespace mockduit
