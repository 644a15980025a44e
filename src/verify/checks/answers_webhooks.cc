// A webhook's receiver must answer each delivery with 2xx within the vendor's time, and must know
// an event that is delivered again. Whether it does shows where it makes something of an event.
//
// Only what cannot be anything else is a fault: the same thing was made while each of the
// deliveries waited for its answer, and at no other time.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/hash.h"
#include "verify/identity.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Attempt = History::Delivery::Attempt;

// A create that came while an event was delivered: its client made it of the event, as far as there
// is but one.
struct Making {
  const Entry* create = nullptr;
  const History::Delivery* event = nullptr;  // nullptr: of none
  const Attempt* attempt = nullptr;
  bool ambiguous = false;
};

Time CreatedAt(const Making& making) { return making.create->exchange->wire->arrived; }

// Those whose answers came through, in the order in which they arrived.
std::vector<Making> MakingsOf(const History& history) {
  std::vector<Making> makings;
  for (const Entry& entry : history.entries()) {
    const bool seen = entry.exchange->wire && entry.exchange->wire->arrived != Time{};
    if (seen && entry.MakesNew()) makings.push_back({.create = &entry});
  }
  for (const History::Delivery& event : history.deliveries()) {
    for (const Attempt& attempt : event.attempts) {
      auto making = std::ranges::lower_bound(makings, attempt.sent, {}, CreatedAt);
      for (; making != makings.end() && CreatedAt(*making) < attempt.ended; ++making) {
        making->ambiguous = making->event != nullptr;
        making->event = &event;
        making->attempt = &attempt;
      }
    }
  }
  return makings;
}

// In groups of those that make the same.
std::vector<std::vector<Making>> SortEqual(const History& history) {
  std::vector<std::vector<Making>> groups;
  std::unordered_map<std::uint64_t, std::size_t> known;
  for (const Making& making : MakingsOf(history)) {
    const Entry& create = *making.create;
    const std::uint64_t key = Hash().Add(create.place).Add(history.LikenessOf(create)).value();
    const auto [found, fresh] = known.try_emplace(key, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(making);
  }
  return groups;
}

// Whether the second says that it is the same as the first, so that a vendor need not do it again.
bool IsKnownAgain(const Entry& first, const Entry& second) {
  const auto identity = IdentityOf(first);
  return identity && identity == IdentityOf(second);
}

std::uint64_t KindOfThing(const Entry& entry) {
  return Hash().Add(entry.operation->effect()->which.kind).value();
}

// By kind, whoever sent them.
EntryIndex DeletesOf(const History& history) {
  EntryIndex deletes;
  for (const Entry& entry : history.entries()) {
    const bool deletes_it = entry.exchange->applied && entry.Asks(Effect::Does::kDelete);
    if (deletes_it) deletes.Add(KindOfThing(entry), entry);
  }
  return deletes;
}

// All that was made, where it was made once in each delivery of one event, and nowhere else.
bool IsHandledTwice(const EntryIndex& deletes, const std::vector<Making>& equal) {
  if (equal.size() < 2) return false;
  const Entry& first = *equal.front().create;
  std::unordered_set<const Attempt*> attempts;
  for (const Making& making : equal) {
    const Entry& create = *making.create;
    if (making.ambiguous || making.event == nullptr || making.event != equal.front().event ||
        create.reply != Reply::kSuccess || !IsSame(Compare(first, create))) {
      return false;
    }
    attempts.insert(making.attempt);
  }
  // Whoever answers has got the event; where nobody does, it may have gone nowhere.
  return attempts.size() == equal.size() && equal.back().attempt->status != 0 &&
         !IsKnownAgain(first, *equal[1].create) &&
         deletes.Between(KindOfThing(first), first.index, equal.back().create->index).empty();
}

void EvaluateRepeats(const History& history, Evaluation& evaluation) {
  const auto is_repeated = [](const auto& event) { return event.attempts.size() > 1; };
  if (std::ranges::none_of(history.deliveries(), is_repeated)) return;
  const EntryIndex deletes = DeletesOf(history);
  for (const std::vector<Making>& equal : SortEqual(history)) {
    if (!IsHandledTwice(deletes, equal)) continue;
    History::Entries shown;
    for (const Making& making : equal) shown.push_back(making.create);
    const History::Delivery& event = *equal.front().event;
    evaluation.Fail("handled-twice",
                    "the event " + event.event + " was delivered " +
                        Spell(event.attempts.size(), "time") + ", and " +
                        RequestText(*shown.front()) + " made the same thing in " +
                        std::to_string(shown.size()) + " of them",
                    shown);
  }
}

void EvaluateAnswersWebhooks(const History& history, Evaluation& evaluation) {
  for (const History::Delivery& delivery : history.deliveries()) {
    if (delivery.taken) {
      evaluation.Exercise("the event " + delivery.event + " was answered with 2xx");
      continue;
    }
    evaluation.Exercise();
    if (delivery.problem.contains("may not be called")) {
      evaluation.Doubt("not-sent",
                       "the event " + delivery.event + " was not sent: " + delivery.problem +
                           "; --webhook-allow lets it go there",
                       {});
      continue;
    }
    evaluation.Fail("not-taken",
                    "the event " + delivery.event + " was not taken by its webhook: " +
                        delivery.problem + ", " + Spell(delivery.attempts.size(), "attempt"),
                    {});
  }
  EvaluateRepeats(history, evaluation);
}

}  // namespace

Check AnswersWebhooks() {
  return {"answers-webhooks",
          "answers each delivery of a webhook with 2xx, in time, and knows one that comes again",
          "the vendors' pages on their webhooks",
          {},
          &EvaluateAnswersWebhooks};
}

}  // namespace mockduit
