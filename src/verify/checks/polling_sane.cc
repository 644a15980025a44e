// A client that polls a resource until its process ends must wait between its polls, stop at the
// end, and give up at some point.
#include <algorithm>
#include <map>
#include <utility>

#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The polls of one resource, or one list, while a process goes on there, and those after its end.
struct Watch {
  History::Entries looks;  // while it went on, and the poll that saw the end
  History::Entries after;  // right after the end, with no write in between
};

std::vector<Watch> WatchesOf(const History::Entries& place, Duration within) {
  std::vector<Watch> watches;
  Watch watch;
  bool ended = false;
  for (const Entry* look : place) {
    if (look->reply != Reply::kSuccess) continue;
    if (look->exchange->going_on) {
      if (ended) watches.push_back(std::exchange(watch, {}));
      ended = false;
      watch.looks.push_back(look);
    } else if (!watch.looks.empty() && !ended) {
      ended = true;
      watch.looks.push_back(look);
    } else if (ended) {
      const Entry& last = watch.after.empty() ? *watch.looks.back() : *watch.after.back();
      if (look->changes == last.changes && look->at - last.at <= within)
        watch.after.push_back(look);
    }
  }
  watches.push_back(std::move(watch));
  return watches;
}

// Clients that keep their connections alive are told apart by them.
std::vector<History::Entries> ByWatcher(const History::Entries& place) {
  std::map<std::uint64_t, History::Entries> by_connection;
  for (const Entry* look : place) by_connection[look->exchange->marks.connection].push_back(look);
  if (by_connection.size() * 2 > place.size()) return {place};
  std::vector<History::Entries> watchers;
  for (auto& [connection, looks] : by_connection) watchers.push_back(std::move(looks));
  return watchers;
}

void EvaluateWaits(const History& history, const History::Entries& looks, Evaluation& evaluation) {
  const Duration least = evaluation.Time("least");
  std::size_t short_waits = 0;
  for (std::size_t i = 1; i < looks.size(); ++i) {
    if (looks[i]->at - looks[i - 1]->at < least) ++short_waits;
  }
  // Polls of two clients come close together by chance now and then.
  if (short_waits * 2 <= looks.size()) return;
  if (history.NoTimeBetween(*looks.front(), *looks.back())) {
    return evaluation.Doubt("the session's clock stood still while " + RequestText(*looks.front()) +
                                " was looked at; advance it as the client waits, or let it run",
                            looks);
  }
  evaluation.Fail(RequestText(*looks.front()) + " was looked at " + Spell(looks.size(), "time") +
                      " in " + Spell(looks.back()->at - looks.front()->at) + ", with less than " +
                      Spell(least) + " between",
                  looks);
}

void EvaluateWatch(const History& history, const Watch& watch, Evaluation& evaluation) {
  constexpr std::size_t kPolling = 3;  // fewer looks are not polling
  const auto& [looks, after] = watch;
  if (looks.size() + after.size() < kPolling) return;
  evaluation.Exercise();
  if (looks.size() >= kPolling) EvaluateWaits(history, looks, evaluation);
  if (looks.size() > evaluation.Count("max_looks")) {
    evaluation.Fail(RequestText(*looks.front()) + " was looked at " + Spell(looks.size(), "time") +
                        " while it went on",
                    looks);
  }
  if (after.size() > evaluation.Count("looks_after_end")) {
    History::Entries shown{looks.back()};
    shown.insert(shown.end(), after.begin(), after.end());
    evaluation.Fail(RequestText(*looks.front()) + " was looked at " +
                        Spell(after.size(), "more time") + " after a response had shown its end",
                    shown);
  }
}

void EvaluatePollingSane(const History& history, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  for (const History::Entries& place : history.places()) {
    if (place.front()->request().method != "GET") continue;
    for (const History::Entries& looks : ByWatcher(place)) {
      for (const Watch& watch : WatchesOf(looks, within)) EvaluateWatch(history, watch, evaluation);
    }
  }
}

}  // namespace

Check PollingSane() {
  return {"polling-sane",
          "waits between its looks at what goes on, and stops at its end",
          "the vendors' rate limits: every look counts against them",
          {{"least", "100ms", "between two looks"},
           {"max_looks", "300", "at one thing that goes on"},
           {"looks_after_end", "2", "that are no polling any more"},
           {"within", "30s", "after which a look has another reason"}},
          &EvaluatePollingSane};
}

}  // namespace mockduit
