#include "verify/runs.h"

#include <algorithm>

namespace mockduit {
namespace {

// Longer than any client waits that was told nothing.
constexpr Duration kSilence = std::chrono::minutes(10);

bool IsSilence(const Entry& before, const Entry& next) {
  const auto& told = before.exchange->retry_after;
  return next.at - before.answered > kSilence + (told ? 2 * told->session : Duration(0));
}

}  // namespace

Duration Run::WaitAfter(std::size_t attempt) const {
  return std::max(attempts[attempt + 1]->at - attempts[attempt]->answered, Duration(0));
}

std::vector<Run> RunsOf(const History& history) {
  std::vector<Run> runs;
  const auto end = [&](Run& run) {
    if (!run.attempts.empty()) runs.push_back(std::move(run));
    run = {};
  };
  for (const History::Entries& attempts : history.calls()) {
    Run run;
    for (const Entry* attempt : attempts) {
      if (!run.attempts.empty() && IsSilence(*run.attempts.back(), *attempt)) end(run);
      if (attempt->failed()) {
        run.attempts.push_back(attempt);
      } else if (!run.attempts.empty()) {
        run.attempts.push_back(attempt);
        run.succeeded = true;
        end(run);
      }
    }
    end(run);
  }
  return runs;
}

}  // namespace mockduit
