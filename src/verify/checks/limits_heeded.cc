// After a 429, or an answer that says that nothing is left, no request must come before there is
// room again, be it another call: the limit is the credential's.
//
// A scenario may answer 429 to one kind of call alone. So a request of another call is a fault only
// where it was refused for the same reason, or where the answer had said that nothing is left.
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/hash.h"
#include "verify/overlap.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

struct Closed {
  const Entry* by = nullptr;  // the answer that said so
  Time until{};
  bool nothing_left = false;  // it said so in RateLimit-Remaining
};

bool SaysNothingLeft(const Entry& entry) {
  for (const char* name :
       {"RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining"}) {
    if (entry.exchange->response.headers.Get(name) == "0") return true;
  }
  return false;
}

// Unix seconds, or seconds from now on, as the vendors have it.
std::optional<Time> ResetTold(const Entry& entry) {
  constexpr std::int64_t kLongest = 366L * 86'400;  // seconds from now on
  for (const char* name : {"RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"}) {
    const auto told = ParseNumber<std::int64_t>(entry.exchange->response.headers.Get(name));
    if (!told || *told <= 0) continue;
    const Duration seconds = std::chrono::seconds(*told);
    return *told < kLongest ? entry.answered + seconds
                            : Time(seconds) + entry.exchange->clock.moved;
  }
  return std::nullopt;
}

std::optional<Closed> ClosedBy(const Entry& entry) {
  const bool nothing_left = SaysNothingLeft(entry) && !entry.IsLost();
  if (entry.IsRateLimited() && entry.retry_after) {
    return Closed{&entry, entry.answered + *entry.retry_after, nothing_left};
  }
  const auto reset = nothing_left ? ResetTold(entry) : std::nullopt;
  if (!reset || *reset <= entry.answered) return std::nullopt;
  return Closed{&entry, *reset, true};
}

// Whoever has another User-Agent, too, is another program, which cannot know.
std::uint64_t LimitOf(const Entry& entry) {
  const std::string_view operation = entry.exchange->operation;
  return Hash().Add(entry.caller).Add(operation.substr(0, operation.find('.'))).value();
}

// What was on its way on another connection when the answer came is no reaction to it. Who opens a
// connection for each request shows by that when it began.
bool MayReact(const Entry& answer, const Entry& next) {
  const bool pooled = next.connection != answer.connection && KeepsConnection(next);
  return next.decided >= answer.answered + (pooled ? kPause : Duration(0));
}

class Limits {
 public:
  explicit Limits(Evaluation& evaluation) : evaluation_(evaluation) {}

  void Take(const Entry& entry) {
    std::optional<Closed>& closed = closed_[LimitOf(entry)];
    if (closed && MayReact(*closed->by, entry)) Hold(*closed, entry);
    if (closed && entry.at >= closed->until) closed.reset();
    const auto now = ClosedBy(entry);
    if (now && (!closed || now->until > closed->until)) closed = now;
  }

 private:
  void Hold(const Closed& closed, const Entry& entry) {
    const Duration left = closed.until - entry.at;
    const Duration told = closed.until - closed.by->answered;
    const Duration tolerance =
        std::max(evaluation_.Time("grace"),
                 Duration(static_cast<Duration::rep>(static_cast<double>(told.count()) *
                                                     evaluation_.Share("tolerance"))));
    if (left <= tolerance) {
      return evaluation_.Exercise(RequestText(entry) + " came " +
                                  Spell(entry.at - closed.by->answered) + " after " +
                                  AnswerText(*closed.by) + " to " + RequestText(*closed.by) +
                                  ", which left no room for " + Spell(told));
    }
    // That an attempt comes before Retry-After is over is another check's business.
    if (entry.call == closed.by->call && closed.by->retry_after) return;
    if (!entry.IsRateLimited() && !closed.nothing_left) return;
    evaluation_.Exercise();
    if (History::ClockStoodStill(*closed.by, entry)) {
      return evaluation_.Doubt("clock-stood-still",
                               "the session's clock stood still after " + AnswerText(*closed.by) +
                                   " to " + RequestText(*closed.by) +
                                   "; advance it as the client waits, or let it run",
                               {closed.by, &entry});
    }
    evaluation_.Fail("too-soon",
                     RequestText(entry) + " was sent " + Spell(entry.at - closed.by->answered) +
                         " after " + AnswerText(*closed.by) + " to " + RequestText(*closed.by) +
                         ", which left no room for " + Spell(told),
                     {closed.by, &entry});
  }

  Evaluation& evaluation_;
  std::unordered_map<std::uint64_t, std::optional<Closed>> closed_;
};

void EvaluateLimitsHeeded(const History& history, Evaluation& evaluation) {
  Limits limits(evaluation);
  for (const Entry& entry : history.entries()) limits.Take(entry);
}

}  // namespace

Check LimitsHeeded() {
  return {"limits-heeded",
          "sends nothing while its limit is used up",
          "RFC 6585, section 4; the vendors' pages on their limits",
          {{"tolerance", "10%", "of the time that may be missing"},
           {"grace", "50ms", "that may be missing of a short time"}},
          &EvaluateLimitsHeeded};
}

}  // namespace mockduit
