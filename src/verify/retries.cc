#include "verify/retries.h"

#include <algorithm>
#include <iterator>

namespace mockduit {
namespace {

// Longer than a client waits between attempts where no Retry-After announced a wait.
constexpr Duration kSilence = std::chrono::minutes(10);

bool IsSilence(const Entry& before, const Entry& next) {
  return next.at - before.answered > kSilence + 2 * before.retry_after.value_or(Duration(0));
}

}  // namespace

Duration Retries::WaitAfter(std::size_t attempt) const {
  return std::max(attempts[attempt + 1]->at - attempts[attempt]->answered, Duration(0));
}

namespace {

// The retries in `open` that the attempt continues: those on the same connection, else those with
// the latest attempt, else nullptr.
Retries* ContinuedBy(const History& history, const Entry& attempt, std::vector<Retries>& open) {
  Retries* found = nullptr;
  for (Retries& retries : open) {
    const Entry& last = *retries.attempts.back();
    if (!history.Follows(last, attempt) || IsSilence(last, attempt)) continue;
    const std::uint64_t connection = last.exchange->marks.connection;
    if (connection != 0 && connection == attempt.exchange->marks.connection) return &retries;
    if (found == nullptr || last.at >= found->attempts.back()->at) found = &retries;
  }
  return found;
}

}  // namespace

std::vector<Retries> RetriesOf(const History& history) {
  std::vector<Retries> all;
  for (const History::Entries& attempts : history.calls()) {
    std::vector<Retries> open;
    for (const Entry* attempt : attempts) {
      Retries* retries = ContinuedBy(history, *attempt, open);
      if (retries == nullptr && !attempt->failed()) continue;
      if (retries == nullptr) retries = &open.emplace_back();
      retries->attempts.push_back(attempt);
      if (attempt->failed()) continue;
      retries->succeeded = true;
      all.push_back(std::move(*retries));
      open.erase(open.begin() + (retries - open.data()));
    }
    std::ranges::move(open, std::back_inserter(all));
  }
  return all;
}

}  // namespace mockduit
