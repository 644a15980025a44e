// A failure that the scenario brings to an end is followed by a success.
#include <algorithm>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

bool IsPassing(const Entry& entry) { return entry.failed() && entry.exchange->passing; }

bool SucceedsAfter(const History::Entries& place, std::size_t failed) {
  return std::any_of(place.begin() + static_cast<std::ptrdiff_t>(failed) + 1, place.end(),
                     [&](const Entry* later) {
                       return later->reply == Reply::kSuccess &&
                              Compare(*place[failed], *later).same;
                     });
}

void Judge(const History& history, Judgement& judgement) {
  for (const History::Entries& place : history.places()) {
    // The last failure of each call: what comes after it decides.
    std::vector<std::uint64_t> seen;
    for (std::size_t i = place.size(); i-- > 0;) {
      const Entry& entry = *place[i];
      if (!IsPassing(entry) || std::ranges::find(seen, entry.call) != seen.end()) continue;
      seen.push_back(entry.call);
      judgement.Exercise();
      if (SucceedsAfter(place, i)) continue;
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
          {},
          &Judge};
}

}  // namespace mockduit
