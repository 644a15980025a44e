// A create whose answer was lost, or told of a failure, may have happened all the same. Who tries
// it again blindly ends up with two.
#include <algorithm>

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

bool DeletedAfter(const History& history, const Entry& create) {
  const auto& entries = history.entries();
  return std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(create.index), entries.end(),
                     [&](const Entry& entry) {
                       return entry.exchange->applied && entry.Asks(Does::kDelete) &&
                              KindOf(entry) == KindOf(create);
                     });
}

void JudgePlace(const History& history, const History::Entries& place, Judgement& judgement) {
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Entry& create = *place[i];
    const auto begin = place.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    const auto again = std::find_if(begin, place.end(), [&](const Entry* later) {
      return Compare(create, *later).same && Creates(*later);
    });
    const Entry* next = again != place.end() ? *again : nullptr;
    if (!IsUnseen(create)) continue;
    judgement.Exercise();
    if (next == nullptr || DeletedAfter(history, create)) continue;
    judgement.Fail(Called(create) + " took effect although " + Why(create) +
                       ", and was sent again: there are two now",
                   {&create, next});
  }
}

void Judge(const History& history, Judgement& judgement) {
  for (const History::Entries& place : history.places()) {
    if (place.front()->Asks(Does::kCreate)) JudgePlace(history, place, judgement);
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
