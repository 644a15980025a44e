// A create whose answer was lost, or told of a failure, may have happened all the same. Who tries
// it again blindly ends up with two.
#include <algorithm>
#include <map>
#include <ranges>
#include <unordered_map>
#include <utility>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

// Something new each time: what a create names itself is the same one again.
bool Creates(const Entry& entry) {
  return entry.exchange->applied && entry.Asks(Does::kCreate) && !entry.operation->effect->which.by;
}

// It happened, and the client does not know.
bool IsUnseen(const Entry& create) { return Creates(create) && create.reply != Reply::kSuccess; }

// How it came not to know.
std::string Why(const Entry& create) {
  if (create.exchange->abandoned) return "its client did not wait for the answer";
  if (create.reply != Reply::kLost) return "it was answered " + Answered(create);
  const Fault fault = create.exchange->response.delivery.fault;
  return "its answer was lost (" + std::string(FaultName(fault)) + ")";
}

const std::string& KindOf(const Entry& entry) { return entry.operation->effect->which.kind; }

// By kind, where something was last deleted.
std::map<std::string, std::size_t> LastDeletes(const History& history) {
  std::map<std::string, std::size_t> last;
  for (const Entry& entry : history.entries()) {
    if (entry.exchange->applied && entry.Asks(Does::kDelete)) last[KindOf(entry)] = entry.index;
  }
  return last;
}

struct Twice {
  const Entry* first;
  const Entry* second;
};

// Creates of which the client knew nothing, each with its next attempt, in the order in which they
// came.
std::vector<Twice> MadeTwice(const History& history, const History::Entries& place,
                             Judgement& judgement) {
  std::unordered_map<std::uint64_t, const Entry*> created;  // by likeness: the next create
  std::vector<Twice> twice;
  for (const Entry* create : place | std::views::reverse) {
    if (!Creates(*create)) continue;
    const Entry*& known = created[history.LikenessOf(*create)];
    const Entry* next = std::exchange(known, create);
    if (!IsUnseen(*create)) continue;
    judgement.Exercise();
    if (next != nullptr && Compare(*create, *next).same) twice.push_back({create, next});
  }
  std::ranges::reverse(twice);
  return twice;
}

void Judge(const History& history, Judgement& judgement) {
  const auto deletes = LastDeletes(history);
  for (const History::Entries& place : history.places()) {
    if (std::ranges::none_of(place, [](const Entry* entry) { return IsUnseen(*entry); })) continue;
    for (const auto& [first, second] : MadeTwice(history, place, judgement)) {
      const auto deleted = deletes.find(KindOf(*first));
      if (deleted != deletes.end() && deleted->second > first->index) continue;
      judgement.Fail(Called(*first) + " took effect although " + Why(*first) +
                         ", and was sent again: there are two now",
                     {first, second});
    }
  }
}

}  // namespace

Check NoDuplicateCreate() {
  return {"no-duplicate-create",
          "looks whether a create has happened before it tries it again",
          "RFC 9110, section 9.2.2: POST is not idempotent",
          {},
          &Judge};
}

}  // namespace mockduit
