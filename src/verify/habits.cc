#include "verify/habits.h"

#include <algorithm>

#include "verify/overlap.h"

namespace mockduit {

Habits::Habits(const std::vector<AlikeRequests>& groups) {
  for (const AlikeRequests& alike : groups) {
    const History::Entries& group = alike.entries;
    Seen& seen = seen_[group.front()->caller];
    if (group.size() == 1 && group.front()->reply == Reply::kSuccess) ++seen.sent_once;
    seen.repeats = seen.repeats ||
                   std::any_of(group.begin(), group.end() - 1,
                               [](const Entry* entry) { return entry->reply == Reply::kSuccess; });
  }
}

bool Habits::ShowOneClient(const History::Entries& group) const {
  const Seen& seen = seen_.at(group.front()->caller);
  if (seen.repeats || seen.sent_once == 0 || group.front()->connection == 0) return false;
  return std::ranges::adjacent_find(group, [](const Entry* before, const Entry* next) {
           return before->connection != next->connection || !ComesAfter(*before, *next);
         }) == group.end();
}

}  // namespace mockduit
