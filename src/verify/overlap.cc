#include "verify/overlap.h"

#include "http/headers.h"

namespace mockduit {
namespace {

// Longer than a client waits between attempts where no answer announced a wait.
constexpr Duration kSilence = std::chrono::minutes(10);
// The end of a connection is seen so much later than it came.
constexpr Duration kSeenLate = std::chrono::milliseconds(5);
// A connection that is opened so soon after an answer may have been asked for before it.
constexpr Duration kUnseen = std::chrono::milliseconds(20);

}  // namespace

bool KeepsConnection(const Entry& entry) {
  return !EqualsIgnoringCase(entry.request().headers.Get("Connection"), "close");
}

bool ComesAfter(const Entry& before, const Entry& next) { return next.decided >= before.heard; }

bool IsSilence(const Entry& before, const Entry& next) {
  return next.at - before.answered > kSilence + 2 * before.retry_after.value_or(Duration(0));
}

bool MayOverlap(const Entry& first, const Entry& second) {
  const auto& before = first.exchange->wire;
  const auto& after = second.exchange->wire;
  if (!before || !after || before->connection == after->connection || after->request != 1) {
    return false;
  }
  const bool idle = before->closed == Time{} || before->closed > after->opened + kSeenLate;
  return idle && KeepsConnection(first) && ComesAfter(first, second) &&
         second.decided - first.answered <= kUnseen;
}

bool MayBePair(const History::Entries& group) {
  return group.size() == 2 && group.front()->call == group.back()->call &&
         group.back()->at - group.front()->answered < kPause;
}

bool RepeatsSuccess(const History::Entries& group) {
  for (std::size_t i = 1; i < group.size(); ++i) {
    const Entry& before = *group[i - 1];
    if (before.reply == Reply::kSuccess && group[i]->at - before.answered < kPause &&
        before.call == group[i]->call) {
      return true;
    }
  }
  return false;
}

}  // namespace mockduit
