// A create may take effect although its response was lost or reported a failure. A client that
// sends it again without looking first creates the resource twice.
#include <algorithm>
#include <map>
#include <ranges>
#include <unordered_map>
#include <utility>

#include "verify/checks/all.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

// True for a create that makes a new resource each time. One that names its resource makes the same
// one again.
bool Creates(const Entry& entry) {
  return entry.exchange->applied && entry.Asks(Does::kCreate) && !entry.operation->effect->which.by;
}

// The create took effect, and its client does not know.
bool IsUnseen(const Entry& create) { return Creates(create) && create.reply != Reply::kSuccess; }

// Why the client does not know.
std::string Why(const Entry& create) {
  if (create.exchange->abandoned) return "its client did not wait for the answer";
  if (create.reply != Reply::kLost) return "it was answered " + AnswerText(create);
  const Fault fault = create.exchange->response.delivery.fault;
  return "its answer was lost (" + std::string(FaultName(fault)) + ")";
}

const std::string& KindOf(const Entry& entry) { return entry.operation->effect->which.kind; }

// The index of the last delete of each kind.
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

// Each create of which the client did not know, with its next attempt, in the order of arrival.
std::vector<Twice> MadeTwice(const History& history, const History::Entries& place,
                             Evaluation& evaluation) {
  std::unordered_map<std::uint64_t, const Entry*> created;  // by likeness: the next create
  std::vector<Twice> twice;
  for (const Entry* create : place | std::views::reverse) {
    if (!Creates(*create)) continue;
    const Entry*& known = created[history.LikenessOf(*create)];
    const Entry* next = std::exchange(known, create);
    if (!IsUnseen(*create)) continue;
    evaluation.Exercise();
    if (next != nullptr && Compare(*create, *next).same) twice.push_back({create, next});
  }
  std::ranges::reverse(twice);
  return twice;
}

void EvaluateNoDuplicateCreate(const History& history, Evaluation& evaluation) {
  const auto deletes = LastDeletes(history);
  for (const History::Entries& place : history.places()) {
    if (std::ranges::none_of(place, [](const Entry* entry) { return IsUnseen(*entry); })) continue;
    for (const auto& [first, second] : MadeTwice(history, place, evaluation)) {
      const auto deleted = deletes.find(KindOf(*first));
      if (deleted != deletes.end() && deleted->second > first->index) continue;
      evaluation.Fail(RequestText(*first) + " took effect although " + Why(*first) +
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
          &EvaluateNoDuplicateCreate};
}

}  // namespace mockduit
