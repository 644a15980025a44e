#include "verify/runs.h"

#include <algorithm>
#include <iterator>

namespace mockduit {
namespace {

// Longer than any client waits that was told nothing.
constexpr Duration kSilence = std::chrono::minutes(10);

bool IsSilence(const Entry& before, const Entry& next) {
  return next.at - before.answered > kSilence + 2 * before.told.value_or(Duration(0));
}

}  // namespace

Duration Run::WaitAfter(std::size_t attempt) const {
  return std::max(attempts[attempt + 1]->at - attempts[attempt]->answered, Duration(0));
}

namespace {

// Of the runs that have not come to their end, the one that the attempt goes on, or none: on the
// same connection, else the latest.
Run* GoneOnBy(const History& history, const Entry& attempt, std::vector<Run>& open) {
  Run* found = nullptr;
  for (Run& run : open) {
    const Entry& last = *run.attempts.back();
    if (!history.Follows(last, attempt) || IsSilence(last, attempt)) continue;
    const std::uint64_t connection = last.exchange->marks.connection;
    if (connection != 0 && connection == attempt.exchange->marks.connection) return &run;
    if (found == nullptr || last.at >= found->attempts.back()->at) found = &run;
  }
  return found;
}

}  // namespace

std::vector<Run> RunsOf(const History& history) {
  std::vector<Run> runs;
  for (const History::Entries& attempts : history.calls()) {
    std::vector<Run> open;
    for (const Entry* attempt : attempts) {
      Run* run = GoneOnBy(history, *attempt, open);
      if (run == nullptr && !attempt->failed()) continue;
      if (run == nullptr) run = &open.emplace_back();
      run->attempts.push_back(attempt);
      if (attempt->failed()) continue;
      run->succeeded = true;
      runs.push_back(std::move(*run));
      open.erase(open.begin() + (run - open.data()));
    }
    std::ranges::move(open, std::back_inserter(runs));
  }
  return runs;
}

}  // namespace mockduit
