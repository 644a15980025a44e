// A failure that the scenario brings to an end is followed by a success: the call's own, or, where
// the operation happened all the same, that of a look at what came of it. Who is told to wait for
// very long may as well give up.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

bool IsPassing(const Entry& entry, Duration patience) {
  const auto& told = entry.exchange->retry_after;
  return entry.failed() && entry.exchange->passing && (!told || told->session <= patience);
}

bool SucceedsAfter(const History::Entries& place, std::size_t failed) {
  return std::any_of(place.begin() + static_cast<std::ptrdiff_t>(failed) + 1, place.end(),
                     [&](const Entry* later) {
                       return later->reply == Reply::kSuccess &&
                              Compare(*place[failed], *later).same;
                     });
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

void Judge(const History& history, Judgement& judgement) {
  const Duration patience = judgement.Time("patience");
  for (const History::Entries& place : history.places()) {
    // The last failure of each call: what comes after it decides.
    std::vector<std::uint64_t> seen;
    for (std::size_t i = place.size(); i-- > 0;) {
      const Entry& entry = *place[i];
      if (!IsPassing(entry, patience) || std::ranges::find(seen, entry.call) != seen.end())
        continue;
      seen.push_back(entry.call);
      judgement.Exercise();
      if (SucceedsAfter(place, i) || FindsOut(history, entry)) continue;
      const auto attempts = static_cast<std::uint64_t>(std::ranges::count_if(
          place, [&](const Entry* other) { return other->call == entry.call; }));
      judgement.Fail(Called(entry) + " was given up after " + Spell(attempts, "attempt") +
                         ", the last one answered " + Answered(entry) +
                         ", though the failure was about to pass",
                     {&entry});
    }
  }
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
