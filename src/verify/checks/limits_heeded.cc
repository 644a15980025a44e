// After a 429, or an answer that says that nothing is left, no request must come before there is
// room again, be it another call: the limit is the credential's.
//
// A scenario may answer 429 to one kind of call alone. So a request of another call is a fault only
// where it was refused for the same reason, or where the answer had said that nothing is left.
//
// Calls that all come back in one instant use up what has become free at once. That each waits as
// long as it was told is all that RFC 6585 asks for, so it is a fault only where it has been seen
// to come to nothing: where they are refused so, and then do the same again.
#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/hash.h"
#include "verify/limit_headers.h"
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
  return std::ranges::any_of(kLimitHeaders, [&](const LimitHeaders& names) {
    return entry.exchange->response.headers.Get(names.remaining) == "0";
  });
}

// Unix seconds, or seconds from now on, as the vendors have it.
std::optional<Time> ResetTold(const Entry& entry) {
  constexpr std::int64_t kLongest = 366L * 86'400;  // seconds from now on
  for (const LimitHeaders& names : kLimitHeaders) {
    const auto told = ParseNumber<std::int64_t>(entry.exchange->response.headers.Get(names.reset));
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
    if (left <= evaluation_.Tolerance(told)) {
      return evaluation_.Exercise(RequestText(entry) + " came " +
                                  Spell(entry.at - closed.by->answered) + " after " +
                                  AnswerText(*closed.by) + " to " + RequestText(*closed.by) +
                                  ", which left no room for " + Spell(told));
    }
    // That an attempt comes before Retry-After is over is another check's business.
    if (entry.call == closed.by->call && closed.by->retry_after) return;
    if (!entry.IsRateLimited() && !closed.nothing_left) return;
    evaluation_.Exercise();
    evaluation_.FailWait("too-soon",
                         RequestText(entry) + " was sent " + Spell(entry.at - closed.by->answered) +
                             " after " + AnswerText(*closed.by) + " to " + RequestText(*closed.by) +
                             ", which left no room for " + Spell(told),
                         {closed.by, &entry}, History::ClockStoodStill(*closed.by, entry));
  }

  Evaluation& evaluation_;
  std::unordered_map<std::uint64_t, std::optional<Closed>> closed_;
};

// A call that was refused, and came back when the time that it was told was over.
struct Comeback {
  const Entry* refused = nullptr;
  const Entry* next = nullptr;
  std::size_t call = 0;  // equal for calls that cannot be told apart
  Duration told{};
};

using Comebacks = std::vector<Comeback>;

// Of each limit, in the order in which they came. Which attempt is whose must be certain, and time
// must have gone by for each of them alone: a clock that is advanced by hand moves all at once.
std::vector<Comebacks> ComebacksOf(const History& history, Duration instant) {
  std::vector<Comebacks> comebacks;
  std::unordered_map<std::uint64_t, std::size_t> known;  // limit → place in comebacks
  const auto& groups = CallsOf(history).groups();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].readings.size() > 1) continue;
    for (const ClientCall& call : groups[i].readings.front()) {
      for (std::size_t k = 0; k + 1 < call.attempts.size(); ++k) {
        const Entry& refused = *call.attempts[k];
        const Entry& next = *call.attempts[k + 1];
        const auto closed = refused.IsRateLimited() ? ClosedBy(refused) : std::nullopt;
        if (!closed || next.exchange->clock.rate == 0) continue;
        if (std::chrono::abs(next.at - closed->until) > instant) continue;
        const auto [limit, fresh] = known.try_emplace(LimitOf(next), comebacks.size());
        if (fresh) comebacks.emplace_back();
        comebacks[limit->second].push_back({&refused, &next, i, closed->until - refused.answered});
      }
    }
  }
  for (Comebacks& of_limit : comebacks) {
    std::ranges::sort(of_limit, {}, [](const Comeback& one) { return one.next->index; });
  }
  return comebacks;
}

// Calls that came back in one instant.
using Herd = std::span<const Comeback>;
constexpr std::size_t kHerd = 4;  // fewer calls come together by chance

std::vector<Herd> HerdsOf(const Comebacks& comebacks, Duration instant) {
  std::vector<Herd> herds;
  std::unordered_map<std::size_t, std::size_t> calls;  // between begin and end → how often
  std::size_t begin = 0;
  const auto is_in_time = [&](std::size_t end) {
    return comebacks[end].next->at - comebacks[begin].next->at <= instant;
  };
  for (std::size_t end = 0; end < comebacks.size();) {
    while (!is_in_time(end)) {
      if (--calls[comebacks[begin].call] == 0) calls.erase(comebacks[begin].call);
      ++begin;
    }
    ++calls[comebacks[end++].call];
    if (calls.size() < kHerd) continue;
    while (end < comebacks.size() && is_in_time(end)) ++end;
    herds.emplace_back(comebacks.begin() + static_cast<std::ptrdiff_t>(begin), end - begin);
    calls.clear();
    begin = end;
  }
  return herds;
}

std::size_t CountRefused(Herd herd) {
  return static_cast<std::size_t>(
      std::ranges::count_if(herd, [](const Comeback& one) { return one.next->IsRateLimited(); }));
}

void FailHerd(Herd herd, Evaluation& evaluation) {
  History::Entries shown;
  Duration told = herd.front().told;
  for (const Comeback& one : herd) {
    shown.push_back(one.refused);
    told = std::max(told, one.told);
  }
  for (const Comeback& one : herd) shown.push_back(one.next);
  evaluation.Exercise();
  evaluation.Fail("herd",
                  RequestText(*herd.front().next) + " and " +
                      Spell(herd.size() - 1, "other request") + " came back within " +
                      Spell(herd.back().next->at - herd.front().next->at) + " when the " +
                      Spell(told) + " that 429 had told were over, as they had before, and " +
                      std::to_string(CountRefused(herd)) + " of " + std::to_string(herd.size()) +
                      " were refused again",
                  shown);
}

// Those that had come back in one instant, and been refused, the time before; none where they are
// too few calls.
Comebacks ComeSoAgain(Herd herd, const std::unordered_set<const Entry*>& refused_together) {
  Comebacks again;
  std::unordered_set<std::size_t> calls;
  for (const Comeback& one : herd) {
    if (!refused_together.contains(one.refused)) continue;
    again.push_back(one);
    calls.insert(one.call);
  }
  return calls.size() >= kHerd ? again : Comebacks();
}

void EvaluateHerds(const History& history, Evaluation& evaluation) {
  const Duration instant = evaluation.Time("instant");
  for (const Comebacks& of_limit : ComebacksOf(history, instant)) {
    std::unordered_set<const Entry*> refused_together;
    for (const Herd herd : HerdsOf(of_limit, instant)) {
      if (CountRefused(herd) * 2 <= herd.size()) continue;
      const Comebacks again = ComeSoAgain(herd, refused_together);
      if (CountRefused(again) * 2 > again.size()) FailHerd(again, evaluation);
      for (const Comeback& one : herd) refused_together.insert(one.next);
    }
  }
}

void EvaluateLimitsHeeded(const History& history, Evaluation& evaluation) {
  Limits limits(evaluation);
  for (const Entry& entry : history.entries()) limits.Take(entry);
  EvaluateHerds(history, evaluation);
}

}  // namespace

Check LimitsHeeded() {
  return {"limits-heeded",
          "sends nothing while its limit is used up",
          "RFC 6585, section 4; the vendors' pages on their limits",
          {{"tolerance", "10%", "of the time that may be missing"},
           {"grace", "50ms", "that may be missing of a short time"},
           {"instant", "100ms", "within which calls come back as one herd"}},
          &EvaluateLimitsHeeded};
}

}  // namespace mockduit
