// A client that polls a resource until its process ends must wait between its polls, stop at the
// end, and give up at some point.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <utility>
#include <vector>

#include "base/json_places.h"
#include "base/time.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The polls of one resource, or one list, while a process goes on there, and those after its end.
struct Watch {
  History::Entries looks;  // while it went on, and the poll that saw the end
  History::Entries after;  // right after the end, with no write in between
};

// How many writes that took effect came before each entry.
class WriteCounts {
 public:
  explicit WriteCounts(const History& history) {
    for (const Entry& entry : history.entries()) {
      const std::string& method = entry.request().method;
      const bool writes = entry.exchange->applied && method != "GET" && method != "HEAD";
      counts_.push_back(counts_.back() + (writes ? 1 : 0));
    }
  }

  bool AnyBetween(const Entry& first, const Entry& second) const {
    return counts_[second.index] > counts_[first.index + 1];
  }

 private:
  std::vector<std::size_t> counts_{0};
};

std::vector<Watch> WatchesOf(const WriteCounts& writes, const History::Entries& looks,
                             Duration within) {
  std::vector<Watch> watches;
  Watch watch;
  bool ended = false;
  for (const Entry* look : looks) {
    if (look->reply != Reply::kSuccess) continue;
    if (look->exchange->going_on) {
      const bool changed = !watch.looks.empty() && writes.AnyBetween(*watch.looks.back(), *look);
      if (ended || changed) watches.push_back(std::exchange(watch, {}));
      ended = false;
      watch.looks.push_back(look);
    } else if (!watch.looks.empty() && !ended) {
      ended = true;
      watch.looks.push_back(look);
    } else if (ended) {
      const Entry& last = watch.after.empty() ? *watch.looks.back() : *watch.after.back();
      if (look->at - last.at <= within && !writes.AnyBetween(last, *look)) {
        watch.after.push_back(look);
      }
    }
  }
  watches.push_back(std::move(watch));
  return watches;
}

// Polls that overlap are those of several pollers; else there is one, on however many connections.
std::vector<History::Entries> ByPoller(const History::Entries& place) {
  std::vector<History::Entries> pollers;
  std::set<std::size_t> free;  // the first one goes on, so that one who seldom overlaps is one
  using Busy = std::pair<Time, std::size_t>;  // until when
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
  for (const Entry* look : place) {
    for (; !busy.empty() && busy.top().first <= look->decided; busy.pop()) {
      free.insert(busy.top().second);
    }
    const auto first = std::ranges::find_if(free, [&](std::size_t poller) {
      return pollers[poller].back()->answered <= look->decided;
    });
    const std::size_t poller = first != free.end() ? *first : pollers.size();
    if (poller == pollers.size()) pollers.emplace_back();
    free.erase(poller);
    pollers[poller].push_back(look);
    busy.emplace(look->answered, poller);
  }
  return pollers;
}

// Polls of two clients come close together by chance now and then. A wait begins when the answer
// has ended: whoever looks again at once does not wait, however slow the answers are.
bool IsHasty(const History::Entries& looks, Duration least) {
  std::size_t short_waits = 0;
  for (std::size_t i = 1; i < looks.size(); ++i) {
    if (looks[i]->at - looks[i - 1]->answered < least) ++short_waits;
  }
  return short_waits * 2 > looks.size();
}

// Whether the looks may be those of several pollers with a connection each, who all wait.
bool MayBeSeveral(const History::Entries& looks, Duration least) {
  std::map<std::uint64_t, History::Entries> by_connection;
  for (const Entry* look : looks) by_connection[look->connection].push_back(look);
  return by_connection.size() > 1 && !by_connection.contains(0) &&
         std::ranges::none_of(by_connection, [&](const auto& poller) {
           return poller.second.size() < 2 || IsHasty(poller.second, least);
         });
}

void EvaluatePace(const History::Entries& looks, Evaluation& evaluation) {
  constexpr std::size_t kHurry = 4;  // a few looks in a row have other reasons
  const Duration least = evaluation.Time("least");
  const std::string looked = RequestText(*looks.front()) + " was looked at " +
                             Spell(looks.size(), "time") + " in " +
                             Spell(looks.back()->at - looks.front()->at);
  if (!IsHasty(looks, least)) return evaluation.Exercise(looked);
  if (looks.size() < kHurry) return;
  evaluation.Exercise();
  const bool still = History::ClockStoodStill(*looks.front(), *looks.back());
  if (!still && MayBeSeveral(looks, least)) {
    return evaluation.Doubt("one-or-two-callers",
                            looked +
                                " by one client that does not wait, or by several: give each "
                                "a session",
                            looks);
  }
  evaluation.FailWait("too-often", looked + ", with less than " + Spell(least) + " between", looks,
                      still);
}

// The latest of the times that an answer tells to wait for, on the client's clock.
std::optional<Time> ToldTime(const Entry& look) {
  if (look.operation == nullptr || look.operation->contract->told_times.empty()) {
    return std::nullopt;
  }
  const auto body = Json::Parse(look.exchange->response.body);
  std::optional<Time> latest;
  for (const std::string& path : look.operation->contract->told_times) {
    if (!body) break;
    if (path.find('*') != std::string::npos) continue;  // of one in a list; others go on
    VisitPlaces(*body, path, [&](const Json& told) {
      const auto time = told.IsString() ? ParseTime(told.AsString()) : Result<Time>(Fail(""));
      if (time && (!latest || *time > *latest)) latest = *time;
    });
  }
  return latest;
}

// When the look came, on the clock on which its client was told times.
Time ClientTimeOf(const Entry& look) {
  return look.exchange->clock.rate == 0 ? look.exchange->at : look.at - look.exchange->clock.moved;
}

// A time that an answer told to wait until, and the looks that came before it.
struct ToldWait {
  const Entry* teller = nullptr;
  Time until{};
  History::Entries early;
  Time until_of_early{};  // that the last of them knew of
  bool followed = false;  // by any look
};

void EvaluateToldWait(const ToldWait& wait, Evaluation& evaluation) {
  const auto& [teller, until, early, until_of_early, followed] = wait;
  if (!followed) return;
  if (early.size() <= evaluation.Count("looks_after_end")) {
    return evaluation.Exercise(RequestText(*teller) + " was left when it had told to wait until " +
                               FormatSeconds(until));
  }
  History::Entries shown{teller};
  shown.insert(shown.end(), early.begin(), early.end());
  evaluation.Exercise();
  const std::string looked =
      RequestText(*teller) + " was looked at " + Spell(early.size(), "more time") +
      " though an answer had told to wait until " + FormatSeconds(until_of_early);
  evaluation.FailWait("after-end", looked, shown, History::ClockStoodStill(*teller, *early.back()));
}

// Looks that came at the polls' pace although an answer had told when there will be something to
// see. A later time, told before the former has come, goes on with the same waiting; an answer that
// tells none, or a write in between, ends it.
void EvaluateToldTimes(const WriteCounts& writes, const History::Entries& looks,
                       Evaluation& evaluation) {
  std::optional<ToldWait> wait;
  const auto end = [&] {
    if (wait) EvaluateToldWait(*wait, evaluation);
    wait.reset();
  };
  const Entry* before = nullptr;
  for (const Entry* look : looks) {
    if (before != nullptr && writes.AnyBetween(*before, *look)) end();
    before = look;
    const Time now = ClientTimeOf(*look);
    const bool is_early = wait && now < wait->until;
    if (wait) wait->followed = true;
    if (is_early) {
      wait->early.push_back(look);
      wait->until_of_early = wait->until;
    }
    if (look->reply != Reply::kSuccess) continue;
    const auto told = ToldTime(*look);
    if (told && is_early && *told >= wait->until) {
      wait->until = *told;
    } else if (!told || !wait || *told != wait->until) {
      end();
      if (told && *told > now) wait = ToldWait{.teller = look, .until = *told};
    }
  }
  end();
}

void EvaluateWatch(const Watch& watch, Evaluation& evaluation) {
  constexpr std::size_t kPolling = 3;  // fewer looks are not polling
  const auto& [looks, after] = watch;
  if (looks.size() + after.size() < kPolling) return;
  if (looks.size() >= kPolling) EvaluatePace(looks, evaluation);
  if (looks.size() > evaluation.Count("max_looks")) {
    evaluation.Fail("too-long",
                    RequestText(*looks.front()) + " was looked at " + Spell(looks.size(), "time") +
                        " while it went on",
                    looks);
  }
  if (after.size() > evaluation.Count("looks_after_end")) {
    History::Entries shown{looks.back()};
    shown.insert(shown.end(), after.begin(), after.end());
    if (looks.size() < kPolling) evaluation.Exercise();
    evaluation.Fail("after-end",
                    RequestText(*looks.front()) + " was looked at " +
                        Spell(after.size(), "more time") + " after a response had shown its end",
                    shown);
  }
}

void EvaluatePollingSane(const History& history, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  const WriteCounts writes(history);
  for (const History::Entries& place : history.places()) {
    if (place.front()->request().method != "GET") continue;
    for (const History::Entries& looks : ByPoller(place)) {
      for (const Watch& watch : WatchesOf(writes, looks, within)) EvaluateWatch(watch, evaluation);
      EvaluateToldTimes(writes, looks, evaluation);
    }
  }
}

}  // namespace

Check PollingSane() {
  return {"polling-sane",
          "waits between its looks at what goes on, and stops at its end",
          "the vendors' rate limits: every look counts against them",
          {{"least", "100ms", "between two looks"},
           {"max_looks", "300", "at one thing that goes on", "1"},
           {"looks_after_end", "3", "that are no polling any more"},
           {"within", "30s", "after which a look has another reason", "1ms"}},
          &EvaluatePollingSane};
}

}  // namespace mockduit
