// Where no answer says how long to wait, the waits between attempts must grow, or vary as jitter
// makes them. Faults are what neither does: most waits are none, most are alike, or each is shorter
// than the one before. Shares count, so that one wait that is different hides nothing.
#include <algorithm>
#include <functional>

#include "base/text.h"
#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

constexpr std::size_t kEnoughWaits = 3;
constexpr std::size_t kManyWaits = 4;  // of which chance makes none short
constexpr std::size_t kTrend = 5;      // waits that fall by chance no more

struct Waits {
  // Consecutive waits that the client chose itself.
  std::vector<Duration> waits;
  History::Entries attempts;  // before, between and after the waits
};

// RateLimit-Reset and its like say when there is room again, where nothing is left.
bool TellsReset(const Entry& entry) {
  const Headers& headers = entry.exchange->response.headers;
  for (const char* prefix : {"RateLimit", "X-RateLimit"}) {
    const auto left = headers.Find(std::string(prefix) + "-Remaining");
    if (left == "0" && headers.Find(std::string(prefix) + "-Reset")) return true;
  }
  return false;
}

// The longest row of waits that the client chose itself.
Waits OwnWaits(const ClientCall& call) {
  Waits longest;
  Waits current;
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Entry& attempt = *call.attempts[i];
    if (attempt.retry_after || !attempt.failed() || TellsReset(attempt)) {
      current = {};
      continue;
    }
    if (current.attempts.empty()) current.attempts.push_back(&attempt);
    current.attempts.push_back(call.attempts[i + 1]);
    current.waits.push_back(call.WaitAfter(i));
    if (current.waits.size() > longest.waits.size()) longest = current;
  }
  return longest;
}

double Ratio(Duration one, Duration other) {
  return static_cast<double>(one.count()) /
         static_cast<double>(std::max<Duration::rep>(other.count(), 1));
}

// Of a few waits chance may make all but one alike, so they must all be; of more, three quarters.
bool IsMost(std::size_t part, std::size_t all) {
  constexpr std::size_t kFew = 5;
  return part * 4 >= all * 3 && part >= std::min(all, kFew);
}

// The largest number of waits that lie within the share of each other.
std::size_t CountAlike(const std::vector<Duration>& waits, double share) {
  std::vector<Duration> sorted = waits;
  std::ranges::sort(sorted);
  std::size_t most = 0;
  std::size_t begin = 0;
  for (std::size_t end = 0; end < sorted.size(); ++end) {
    while (Ratio(sorted[end], sorted[begin]) > 1 + share) ++begin;
    most = std::max(most, end - begin + 1);
  }
  return most;
}

// Most of the waits that are waits at all are alike, and they have not grown up to where they are:
// waits that have reached a bound stay there.
bool AreAlike(const std::vector<Duration>& waits, double share) {
  if (!IsMost(CountAlike(waits, share), waits.size())) return false;
  std::vector<Duration> sorted = waits;
  std::ranges::sort(sorted);
  return Ratio(sorted[sorted.size() / 2], waits.front()) < 1.5;
}

bool Fall(const std::vector<Duration>& waits, double share) {
  double steepest = 1;
  double flattest = 0;
  for (std::size_t i = 1; i < waits.size(); ++i) {
    const double ratio = Ratio(waits[i], waits[i - 1]);
    if (ratio * (1 + share) > 1) return false;
    steepest = std::min(steepest, ratio);
    flattest = std::max(flattest, ratio);
  }
  // Of a few, those that fall far and evenly were meant to fall.
  if (waits.size() >= kTrend) return true;
  const double left = Ratio(waits.back(), waits.front());
  return left <= 0.4 && (waits.size() >= kManyWaits || flattest - steepest <= 0.2);
}

bool Grow(const std::vector<Duration>& waits, double share) {
  for (std::size_t i = 1; i < waits.size(); ++i) {
    if (Ratio(waits[i - 1], waits[i]) > 1 + share) return false;
  }
  return Ratio(waits.back(), waits.front()) > 1 + share;
}

// Three waits are alike by chance more often than many, and what is left of more, most often.
double NearFor(std::size_t waits, std::size_t of, double growth) {
  if (waits >= kManyWaits) return growth;
  return waits == of ? growth * 5 / 6 : growth / 2;
}

// Jitter may make a few waits short, so a few must be shorter still.
Duration AtOnce(std::size_t waits, Duration least) {
  if (waits >= kManyWaits) return least;
  return waits < kEnoughWaits ? least / 6 : least / 3;
}

// Why a few waits that vary show nothing; "": they do.
std::string_view WhyUncertain(const std::vector<Duration>& waits, const Evaluation& evaluation) {
  const Duration least = evaluation.Time("least");
  const auto none = std::ranges::count_if(waits, [&](Duration wait) { return wait <= least / 3; });
  if (std::ranges::max(waits) <= least) {
    return "so short waits may be the client's own work, or drawn by chance";
  }
  if (none > 1) return "waits and none at all in turn may be those of two callers";
  const auto falls = [&](Duration one, Duration other) {
    return Ratio(one, other) > 1 + evaluation.Share("growth");
  };
  const bool all_fall = std::ranges::adjacent_find(waits, std::not_fn(falls)) == waits.end();
  return all_fall ? "a few that become shorter may do so by chance" : "";
}

// A program that is started anew for each attempt takes longer.
bool MayBeCrowdAtOnce(const Waits& own) {
  constexpr Duration kStart = std::chrono::milliseconds(5);
  return std::ranges::min(own.waits) < kStart && MayBeCrowd({own.attempts});
}

void EvaluateWaits(const Waits& own, Evaluation& evaluation) {
  const auto& [all, attempts] = own;
  if (all.size() < 2) return;
  const double growth = evaluation.Share("growth");
  const Duration at_once = AtOnce(all.size(), evaluation.Time("least"));
  const auto is_none = [&](Duration wait) { return wait <= at_once; };
  const auto none = static_cast<std::size_t>(std::ranges::count_if(all, is_none));
  const std::string tried = RequestText(*attempts.front()) + " was tried again ";
  const bool still = History::ClockStoodStill(*attempts.front(), *attempts.back());
  const auto fail = [&](std::string_view slug, const std::string& text) {
    evaluation.Exercise();
    evaluation.FailWait(slug, tried + text, attempts, still);
  };
  if (IsMost(none, all.size()) && MayBeCrowdAtOnce(own)) {
    evaluation.Exercise();
    return evaluation.Doubt("one-or-two-callers",
                            tried +
                                "at once, each time on a new connection: by one caller, or by as "
                                "many; give each call an identity (X-Mockduit-Call), or each test "
                                "a session",
                            attempts);
  }
  if (IsMost(none, all.size())) {
    return fail("at-once", Spell(all.size(), "time") + " at once: after " + Spell(all));
  }
  // A first attempt at once is no wait to grow from.
  const auto is_no_wait = [&](Duration wait) { return wait <= evaluation.Time("least") / 3; };
  std::vector<Duration> waits(std::ranges::find_if_not(all, is_no_wait), all.end());
  if (waits.size() >= kEnoughWaits) {
    if (AreAlike(waits, NearFor(waits.size(), all.size(), growth))) {
      return fail("no-growth", "after waits that do not grow: " + Spell(all));
    }
    if (Fall(waits, growth)) {
      return fail("no-growth", "after waits that become shorter: " + Spell(all));
    }
  }
  if (Grow(all, growth) && WhyUncertain(all, evaluation).empty()) {
    return evaluation.Exercise(tried + "after waits that grow: " + Spell(all));
  }
  if (all.size() < kEnoughWaits) return;
  if (const std::string_view why = WhyUncertain(all, evaluation); !why.empty()) {
    evaluation.Exercise();
    return evaluation.Doubt("too-few-waits",
                            tried + "after " + Spell(all) + ": " + std::string(why) +
                                "; let the scenario fail more often",
                            attempts);
  }
  evaluation.Exercise(tried + "after waits that vary: " + Spell(all));
}

// Whoever reads the same thing at the same pace while it succeeds polls, and goes on polling
// through a failure. `places` has the reads of each place.
bool IsPolling(const EntryIndex& places, const Waits& own) {
  constexpr std::size_t kSteady = 2;
  constexpr std::size_t kRecent = 256;
  if (own.waits.size() < 2 || own.attempts.front()->request().method != "GET") return false;
  const Entry& first = *own.attempts.front();
  const Duration pace = own.waits.front();
  const EntryIndex::Some before = places.Between(first.place, 0, first.index + 1);
  const EntryIndex::Some looks = before.last(std::min(before.size(), kRecent));
  std::size_t steady = 0;
  for (std::size_t i = 1; i < looks.size(); ++i) {
    if (looks[i - 1]->reply != Reply::kSuccess) continue;
    const Duration wait = looks[i]->at - looks[i - 1]->answered;
    if (wait * 2 >= pace && wait <= pace * 2) ++steady;
  }
  return steady >= kSteady;
}

void EvaluateBackoffGrows(const History& history, Evaluation& evaluation) {
  EntryIndex places;
  for (const Entry& entry : history.entries()) {
    if (entry.request().method == "GET") places.Add(entry.place, entry);
  }
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    for (const ClientCall& tries : Tries(call)) {
      const Waits own = OwnWaits(tries);
      if (!IsPolling(places, own)) EvaluateWaits(own, of_call);
    }
  });
}

}  // namespace

Check BackoffGrows() {
  return {
      "backoff-grows",
      "waits longer before each further attempt",
      "Google SRE Book, chapter 22; AWS Builders' Library: timeouts, retries, and backoff with "
      "jitter",
      {{"least", "30ms", "a wait that counts as one; of three waits a third of it, of two a sixth"},
       {"growth", "12%", "by which waits must differ; three waits by five sixths of it"}},
      &EvaluateBackoffGrows};
}

}  // namespace mockduit
