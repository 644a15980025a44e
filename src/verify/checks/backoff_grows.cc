// Where no answer says how long to wait, the waits between attempts must grow, or vary as jitter
// makes them. Faults are what neither does: most waits are none, most are alike, or each is shorter
// than the one before. Shares count, so that one wait that is different hides nothing.
#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/limit_headers.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

constexpr std::size_t kEnoughWaits = 3;
constexpr std::size_t kManyWaits = 4;  // of which chance makes none short
constexpr std::size_t kTrend = 5;      // waits that fall by chance no more
// A busy machine adds as much to a wait now and then. So waits that differ by less than this are
// no jitter that shows.
constexpr Duration kBusy = std::chrono::milliseconds(100);

struct Waits {
  // Consecutive waits that the client chose itself.
  std::vector<Duration> waits;
  History::Entries attempts;  // before, between and after the waits
};

// RateLimit-Reset and its like say when there is room again, where nothing is left.
bool TellsReset(const Entry& entry) {
  const Headers& headers = entry.exchange->response.headers;
  return std::ranges::any_of(kLimitHeaders, [&](const LimitHeaders& names) {
    return headers.Get(names.remaining) == "0" && headers.Find(names.reset);
  });
}

// The longest row of waits that the client chose itself. To an answer that tells to come again at
// once it may do so one time: whoever is told the same again is held to what it waits.
Waits OwnWaits(const ClientCall& call) {
  Waits longest;
  Waits current;
  bool was_told_none = false;
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Entry& attempt = *call.attempts[i];
    const bool tells_none = attempt.TellsWhen() && !attempt.retry_after;
    const bool may_follow_at_once = tells_none && !std::exchange(was_told_none, true);
    if (attempt.retry_after || may_follow_at_once || !attempt.failed() || TellsReset(attempt)) {
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

// The largest number of waits that lie within the share of each other, and within `most`.
std::size_t CountAlike(const std::vector<Duration>& waits, double share,
                       Duration most = Duration::max()) {
  std::vector<Duration> sorted = waits;
  std::ranges::sort(sorted);
  std::size_t alike = 0;
  std::size_t begin = 0;
  for (std::size_t end = 0; end < sorted.size(); ++end) {
    while (Ratio(sorted[end], sorted[begin]) > 1 + share || sorted[end] - sorted[begin] > most) {
      ++begin;
    }
    alike = std::max(alike, end - begin + 1);
  }
  return alike;
}

Duration MedianOf(std::vector<Duration> waits) {
  std::ranges::sort(waits);
  return waits[waits.size() / 2];
}

// Waits that are alike but for what a busy machine adds to short ones. Chance draws so many so
// close together less than once in a thousand times.
bool AreAlikeButForNoise(const std::vector<Duration>& waits, Duration noise) {
  constexpr std::size_t kMany = 6;
  if (waits.size() < kTrend) return false;
  const double share = waits.size() < kMany ? 0.18 : 0.25;
  return CountAlike(waits, share, noise) >= waits.size() - waits.size() / 8;
}

// Most of the waits that are waits at all are alike, and they have not grown up to where they are:
// waits that have reached a bound stay there.
bool AreAlike(const std::vector<Duration>& waits, double share, Duration noise) {
  if (!IsMost(CountAlike(waits, share), waits.size()) && !AreAlikeButForNoise(waits, noise)) {
    return false;
  }
  return Ratio(MedianOf(waits), waits.front()) < 1.5;
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

// By more than a busy machine adds.
bool Grow(const std::vector<Duration>& waits, double share, Duration noise) {
  for (std::size_t i = 1; i < waits.size(); ++i) {
    if (Ratio(waits[i - 1], waits[i]) > 1 + share) return false;
  }
  const Duration more = waits.back() - waits.front();
  if (more > kBusy) return Ratio(waits.back(), waits.front()) > 1 + share;
  return Ratio(waits.back(), waits.front()) >= 1.5 &&
         (waits.size() >= kEnoughWaits || more > noise);
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

// Most are none, or as short as the work of a client that waits for nothing.
bool AreAtOnce(const std::vector<Duration>& waits, Duration least) {
  const Duration at_once = AtOnce(waits.size(), least);
  const auto is_none = [&](Duration wait) { return wait <= at_once; };
  const auto none = static_cast<std::size_t>(std::ranges::count_if(waits, is_none));
  if (IsMost(none, waits.size())) return true;
  return waits.size() >= kTrend && MedianOf(waits) <= least && std::ranges::max(waits) <= 2 * least;
}

// Whether all but the first are alike, which is a little longer: before its first attempt again a
// program loads what it needs for that.
bool StartSlowly(const std::vector<Duration>& waits, double growth) {
  constexpr Duration kLoading = kBusy * 3 / 2;
  const std::vector<Duration> rest(waits.begin() + 1, waits.end());
  const Duration more = waits.front() - std::ranges::max(rest);
  return more > Duration(0) && more <= kLoading && Ratio(waits.front(), MedianOf(rest)) <= 1.5 &&
         CountAlike(rest, NearFor(rest.size(), waits.size(), growth)) == rest.size();
}

// Why waits that neither grow nor are alike show nothing; "": they vary.
std::string_view WhyUncertain(const std::vector<Duration>& waits, Duration least, double growth) {
  constexpr double kLittle = 0.5;
  const auto none = std::ranges::count_if(waits, [&](Duration wait) { return wait <= least / 3; });
  if (std::ranges::max(waits) <= kBusy * 3 / 2) {
    return "so short waits may be the client's own work, or drawn by chance";
  }
  if (none > 1) return "waits and none at all in turn may be those of two callers";
  return StartSlowly(waits, growth) || IsMost(CountAlike(waits, kLittle, kBusy), waits.size())
             ? "waits that differ by so little may be alike, but for what a busy machine adds"
             : "";
}

bool BecomeShorter(const std::vector<Duration>& waits, double share) {
  const auto falls = [&](Duration one, Duration other) { return Ratio(one, other) > 1 + share; };
  return std::ranges::adjacent_find(waits, std::not_fn(falls)) == waits.end();
}

void DoubtCallers(const std::string& tried, const Waits& own, std::string_view what_waits_do,
                  Evaluation& evaluation) {
  evaluation.Exercise();
  evaluation.Doubt("one-or-two-callers",
                   tried + "after " + Spell(own.waits) + ": they " + std::string(what_waits_do) +
                       ", or are those of several callers; give each call an identity "
                       "(X-Mockduit-Call), or each test a session",
                   own.attempts);
}

// Judges waits that are no fault.
void EvaluateVarying(const std::string& tried, const ClientCall& call, const Waits& own,
                     Evaluation& evaluation) {
  const auto doubt = [&](std::string_view slug, std::string_view why, std::string_view remedy) {
    evaluation.Exercise();
    evaluation.Doubt(
        slug,
        tried + "after " + Spell(own.waits) + ": " + std::string(why) + "; " + std::string(remedy),
        own.attempts);
  };
  constexpr std::string_view kMore = "let the scenario fail more often";
  if (BecomeShorter(own.waits, evaluation.Share("growth"))) {
    return doubt("too-few-waits", "a few that become shorter may do so by chance", kMore);
  }
  const std::string_view why =
      WhyUncertain(own.waits, evaluation.Time("least"), evaluation.Share("growth"));
  if (!why.empty()) return doubt("too-few-waits", why, kMore);
  if (!call.certain) return DoubtCallers(tried, own, "vary", evaluation);
  evaluation.Exercise(tried + "after waits that vary: " + Spell(own.waits));
}

// `growth_counts`: waits that grow are those of one caller.
void EvaluateWaits(const ClientCall& call, const Waits& own, bool growth_counts,
                   Evaluation& evaluation) {
  const auto& [all, attempts] = own;
  if (all.size() < 2) return;
  const double growth = evaluation.Share("growth");
  const Duration least = evaluation.Time("least");
  const std::string tried = RequestText(*attempts.front()) + " was tried again ";
  const bool still = History::ClockStoodStill(*attempts.front(), *attempts.back());
  const auto fail = [&](std::string_view slug, const std::string& text) {
    evaluation.Exercise();
    evaluation.FailWait(slug, tried + text, attempts, still);
  };
  if (AreAtOnce(all, least)) {
    return fail("at-once", Spell(all.size(), "time") + " at once: after " + Spell(all));
  }
  // A first attempt at once is no wait to grow from.
  const auto is_no_wait = [&](Duration wait) { return wait <= least / 3; };
  std::vector<Duration> waits(std::ranges::find_if_not(all, is_no_wait), all.end());
  if (waits.size() >= kEnoughWaits) {
    if (AreAlike(waits, NearFor(waits.size(), all.size(), growth), least) ||
        (waits.size() >= kTrend && StartSlowly(waits, growth))) {
      return fail("no-growth", "after waits that do not grow: " + Spell(all));
    }
    if (Fall(waits, growth)) {
      return fail("no-growth", "after waits that become shorter: " + Spell(all));
    }
  }
  if (Grow(all, growth, least) && std::ranges::max(all) > least &&
      std::ranges::count_if(all, is_no_wait) < 2) {
    if (!growth_counts) return DoubtCallers(tried, own, "grow", evaluation);
    return evaluation.Exercise(tried + "after waits that grow: " + Spell(all));
  }
  if (all.size() >= kEnoughWaits) EvaluateVarying(tried, call, own, evaluation);
}

// Whoever reads the same thing at the same pace while it succeeds polls, and goes on polling
// through a failure; reads at once are no pace. `places` has the reads of each place.
bool IsPolling(const EntryIndex& places, const Waits& own) {
  constexpr std::size_t kSteady = 2;
  constexpr std::size_t kRecent = 256;
  if (own.waits.size() < 2 || own.attempts.front()->request().method != "GET") return false;
  const Entry& first = *own.attempts.front();
  const Duration pace = own.waits.front();
  if (pace < kBusy) return false;
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

// Whether waits that grow do so whichever of the attempts are whose: in each reading some are tried
// again, and nothing is wrong with their waits.
bool GrowInAnyReading(const LikeRequests& group, const Evaluation& evaluation,
                      const JudgeCall& judge) {
  return std::ranges::all_of(group.readings, [&](const Reading& reading) {
    Evaluation of_reading = evaluation.Fresh();
    for (const ClientCall& call : reading) judge(call, of_reading);
    const bool tries = std::ranges::any_of(
        reading, [](const ClientCall& call) { return call.attempts.size() > 1; });
    return tries && !of_reading.failed() && !of_reading.in_doubt();
  });
}

void EvaluateBackoffGrows(const History& history, Evaluation& evaluation) {
  EntryIndex places;
  for (const Entry& entry : history.entries()) {
    if (entry.request().method == "GET") places.Add(entry.place, entry);
  }
  const auto judge = [&](bool growth_counts) -> JudgeCall {
    return [&places, growth_counts](const ClientCall& call, Evaluation& of_call) {
      for (const ClientCall& tries : Tries(call)) {
        const Waits own = OwnWaits(tries);
        const bool counts = growth_counts || call.certain;
        if (!IsPolling(places, own)) EvaluateWaits(tries, own, counts, of_call);
      }
    };
  };
  for (const LikeRequests& group : CallsOf(history).groups()) {
    const bool several = group.readings.size() > 1;
    JudgeGroup(group, evaluation,
               judge(several && GrowInAnyReading(group, evaluation, judge(true))));
  }
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
