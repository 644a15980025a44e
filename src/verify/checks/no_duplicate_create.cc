// A create may take effect although its response was lost or reported a failure. A client that
// sends it again without looking first creates the resource twice.
#include <algorithm>
#include <ranges>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/hash.h"
#include "verify/identity.h"
#include "verify/likeness.h"
#include "verify/overlap.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Does = Effect::Does;

// The create took effect, and its client does not know.
bool IsUnseen(const Entry& create) { return create.MakesNew() && create.reply != Reply::kSuccess; }

// Why the client does not know.
std::string Why(const Entry& create) {
  if (create.reply != Reply::kLost) return "it was answered " + AnswerText(create);
  const Fault fault = create.exchange->response.delivery.fault;
  if (!LosesAnswer(fault)) return "its client did not wait for the answer";
  return "its answer was lost (" + std::string(FaultName(fault)) + ")";
}

const std::string& KindOf(const Entry& entry) { return entry.operation->effect()->which.kind; }

std::uint64_t KindKey(const Entry& entry) {
  return Hash().Add(entry.caller).Add(KindOf(entry)).value();
}

// The id that an answer tells; "" where it tells none.
std::string IdTold(const Entry& create) {
  const auto body = Json::Parse(create.exchange->response.body);
  for (const char* path : {"data.id", "id"}) {
    const Json* id = body ? body->AtPath(path) : nullptr;
    if (id != nullptr && id->IsString()) return std::string(id->AsString());
  }
  return "";
}

bool IsRenamed(Likeness likeness) {
  return likeness == Likeness::kRenamed || likeness == Likeness::kRenumbered;
}

// By a header that is for this alone.
bool AreSaidToDiffer(const Entry& first, const Entry& second) {
  const auto one = IdentityOf(first);
  const auto other = IdentityOf(second);
  return one && other && one->is_ours && other->is_ours && *one != *other;
}

// By a header that other calls do not share.
bool AreSaidToBeOne(const Entry& first, const Entry& second) {
  const auto one = IdentityOf(first);
  return one && one->distinguishes && one == IdentityOf(second);
}

// What happened to what is created, put in order once.
class Happenings {
 public:
  explicit Happenings(const History& history) {
    for (const Entry& entry : history.entries()) Note(entry);
    if (deletes_.empty()) return;
    std::unordered_map<std::string, const Entry*> by_id;
    for (const auto& [place, creates] : creates_) {
      for (const Entry* create : creates.all) by_id.try_emplace(IdTold(*create), create);
    }
    for (const Entry* entry : deletes_) {
      const auto made = by_id.find(std::string(entry->path.substr(entry->path.rfind('/') + 1)));
      const Entry* create = made != by_id.end() ? made->second : nullptr;
      latest_delete_[DeleteKey(*entry, create)] = entry->index;
    }
  }

  // Whether the caller deleted one of the two later on: by its id, where the journal shows it; else
  // any of the kind that is not seen to be another.
  bool IsCleanedUp(const Entry& first, const Entry& second) const {
    const Entry* const may_be_meant[] = {nullptr, &first, &second};
    return std::ranges::any_of(may_be_meant, [&](const Entry* create) {
      const auto latest = latest_delete_.find(DeleteKey(first, create));
      return latest != latest_delete_.end() && latest->second > first.index;
    });
  }

  // By a list, or by a get of what was made: one of another thing does not show it.
  bool IsLookedAtAfter(const Entry& create) const {
    const auto any = [&](std::uint64_t key) {
      const auto latest = latest_look_.find(key);
      return latest != latest_look_.end() && latest->second > create.index;
    };
    const std::string id = IdTold(create);
    return any(KindKey(create)) || (!id.empty() && any(GetKey(create, id)));
  }

  // Whether the same was made again, but so late that it is no retry.
  bool IsMadeAgainLater(const Entry& create) const {
    constexpr std::ptrdiff_t kFar = 16;
    const auto& all = creates_.at(create.place).all;
    const auto late = std::ranges::partition_point(
        all, [&](const Entry* entry) { return !IsSilence(create, *entry); });
    return std::any_of(late, late + std::min<std::ptrdiff_t>(all.end() - late, kFar),
                       [&](const Entry* entry) { return IsSame(Compare(create, *entry)); });
  }

  bool IsLookedAtBetween(const Entry& create, const Entry& next) const {
    const auto looks = looks_.find(KindKey(create));
    if (looks == looks_.end()) return false;
    const auto look = std::ranges::upper_bound(looks->second, create.index);
    return look != looks->second.end() && *look < next.index;
  }

  // The next create at its place, where that may repeat this one by another name.
  const Entry* RenamedRetryOf(const Entry& create, Duration within) const {
    const auto& [here, decided] = creates_.at(create.place);
    auto next = std::ranges::upper_bound(here, create.index, {}, &Entry::index);
    const auto before = static_cast<std::size_t>(next - here.begin());
    // Where nothing up to here was decided on after its answer, neither is what comes before that.
    if (decided[before - 1] < create.answered) {
      const auto first = std::ranges::lower_bound(decided, create.answered);
      next = here.begin() + (first - decided.begin());
    }
    next = std::find_if(next, here.end(),
                        [&](const Entry* entry) { return entry->decided >= create.answered; });
    if (next == here.end() || (*next)->at - create.answered > within) return nullptr;
    if (IsLookedAtBetween(create, **next)) return nullptr;  // it knows, and makes another
    return IsRenamed(Compare(create, **next)) && !AreSaidToDiffer(create, **next) ? *next : nullptr;
  }

  // The same create that may be this one's hedge, or that this one is of; nullptr: none.
  const Entry* HedgeOf(const Entry& create) const {
    const auto& all = creates_.at(create.place).all;
    const auto here = std::ranges::lower_bound(all, create.index, {}, &Entry::index);
    const auto far = static_cast<std::ptrdiff_t>(kCrowd);
    const auto last = here + std::min(all.end() - here, far);
    const auto found =
        std::find_if(here - std::min(here - all.begin(), far), last, [&](const Entry* other) {
          return MayBeHedge(create, *other) && !AreSaidToDiffer(create, *other);
        });
    return found != last ? *found : nullptr;
  }

  // Whether another thing is seen to be named like these: behind a create that succeeded, so that
  // a new name is no new attempt.
  bool AreThingsNamedSo(const Entry& create) const {
    constexpr std::ptrdiff_t kFar = 16;
    const auto& all = creates_.at(create.place).all;
    const auto here = std::ranges::lower_bound(all, create.index, {}, &Entry::index);
    const auto first = here - std::min<std::ptrdiff_t>(here - all.begin(), kFar);
    const auto last = here + std::min<std::ptrdiff_t>(all.end() - here, kFar);
    return std::adjacent_find(first, last, [&](const Entry* before, const Entry* next) {
             return before->reply == Reply::kSuccess && IsRenamed(Compare(*before, *next)) &&
                    (next == &create || IsRenamed(Compare(create, *next)));
           }) != last;
  }

 private:
  // By who deletes what: `create` is what made it, nullptr where the journal does not show that.
  static std::uint64_t DeleteKey(const Entry& entry, const Entry* create) {
    return Hash().Add(KindKey(entry)).Add(create != nullptr ? create->index + 1 : 0).value();
  }

  static std::uint64_t GetKey(const Entry& entry, std::string_view id) {
    return Hash().Add(KindKey(entry)).Add(id).value();
  }

  void Note(const Entry& entry) {
    if (entry.MakesNew()) creates_[entry.place].Add(entry);
    if (entry.exchange->applied && entry.Asks(Does::kDelete)) deletes_.push_back(&entry);
    const bool lists = entry.Asks(Does::kList);
    if ((!lists && !entry.Asks(Does::kGet)) || entry.reply != Reply::kSuccess) return;
    looks_[KindKey(entry)].push_back(entry.index);
    const std::string_view id = entry.path.substr(entry.path.rfind('/') + 1);
    latest_look_[lists ? KindKey(entry) : GetKey(entry, id)] = entry.index;
  }

  struct Creates {
    void Add(const Entry& entry) {
      all.push_back(&entry);
      decided.push_back(decided.empty() ? entry.decided : std::max(decided.back(), entry.decided));
    }

    std::vector<const Entry*> all;
    std::vector<Time> decided;  // of all up to each, the latest time
  };

  std::unordered_map<std::uint64_t, Creates> creates_;  // by place
  std::unordered_map<std::uint64_t, std::vector<std::size_t>>
      looks_;                                                   // by caller and kind; indices
  std::unordered_map<std::uint64_t, std::size_t> latest_look_;  // by KindKey, or GetKey; its index
  std::vector<const Entry*> deletes_;
  std::unordered_map<std::uint64_t, std::size_t> latest_delete_;  // by DeleteKey; its index
};

class Creations {
 public:
  Creations(const Happenings& happenings, Evaluation& evaluation)
      : happenings_(happenings), evaluation_(evaluation) {}

  void Judge(const ClientCall& call) {
    std::vector<std::pair<const Entry*, const Entry*>> unseen;  // with the next create, or nullptr
    const Entry* next = nullptr;
    for (const Entry* attempt : call.attempts | std::views::reverse) {
      if (IsUnseen(*attempt)) unseen.emplace_back(attempt, next);
      if (attempt->MakesNew()) next = attempt;
    }
    for (const auto& [first, second] : unseen | std::views::reverse) {
      const Entry* renamed = second == nullptr ? RenamedRetry(*first) : nullptr;
      if (renamed == nullptr || !MayBeAnother(*first, *renamed)) {
        JudgeOne(*first, second != nullptr ? second : renamed);
      }
    }
  }

 private:
  const Entry* RenamedRetry(const Entry& create) const {
    return happenings_.RenamedRetryOf(create, evaluation_.Time("within"));
  }

  // Whether the second may be the next thing that its client makes, and not the first by another
  // name. What counts things makes it certain, and leaves a made-up name in doubt.
  bool MayBeAnother(const Entry& first, const Entry& second) {
    if (AreSaidToBeOne(first, second) || happenings_.IsCleanedUp(first, second)) return false;
    const bool counted = Compare(first, second) == Likeness::kRenumbered;
    const bool things = happenings_.AreThingsNamedSo(first);
    if (!counted && !things) return false;
    if (counted && things) {
      JudgeOne(first, nullptr);
      return true;
    }
    evaluation_.Exercise();
    evaluation_.Doubt("another-name",
                      Happened(first) + ", and was sent with another number or id in a name: the " +
                          "same once more, or the next thing; let the client look first, or give " +
                          "each call an identity (X-Mockduit-Call)",
                      {&first, &second});
    return true;
  }

  static std::string Happened(const Entry& create) {
    return RequestText(create) + " took effect although " + Why(create);
  }

  std::string_view WhatFollowed(const Entry& create) const {
    if (happenings_.IsLookedAtAfter(create)) return "; its client looked whether it had happened";
    return happenings_.IsMadeAgainLater(create)
               ? "; it was not sent again, but after so long that it is taken for another"
               : "; it was not sent again";
  }

  void JudgeOne(const Entry& first, const Entry* second) {
    const std::string happened = Happened(first);
    const Entry* hedge = second == nullptr ? happenings_.HedgeOf(first) : nullptr;
    if (hedge != nullptr && !happenings_.IsCleanedUp(first, *hedge)) {
      return JudgeHedge(first, *hedge);
    }
    if (second == nullptr) {
      return evaluation_.Exercise(happened + std::string(WhatFollowed(first)));
    }
    if (happenings_.IsCleanedUp(first, *second)) {
      return evaluation_.Exercise(happened + ", and was sent again; one of the two was deleted");
    }
    evaluation_.Exercise();
    evaluation_.Fail(happened + ", and was sent again: there are two now", {&first, second});
  }

  void JudgeHedge(const Entry& create, const Entry& hedge) {
    evaluation_.Exercise();
    const std::string twice = Happened(create) + ", and so did the same that overlapped with it";
    if (AreSaidToBeOne(create, hedge)) {
      return evaluation_.Fail(twice + ": there are two now", {&create, &hedge});
    }
    evaluation_.Doubt("one-or-two-callers",
                      twice + ": of the same caller, who sent it twice lest one be slow, or of " +
                          "another; give each call an identity (X-Mockduit-Call)",
                      {&create, &hedge});
  }

  const Happenings& happenings_;
  Evaluation& evaluation_;
};

void EvaluateNoDuplicateCreate(const History& history, Evaluation& evaluation) {
  if (std::ranges::none_of(history.entries(), IsUnseen)) return;
  const Happenings happenings(history);
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    Creations(happenings, of_call).Judge(call);
  });
}

}  // namespace

Check NoDuplicateCreate() {
  return {
      "no-duplicate-create",
      "looks whether a create has happened before it tries it again",
      "RFC 9110, section 9.2.2: POST is not idempotent",
      {{"within", "10m", "after which a create with another name is taken for a new one", "1ms"}},
      &EvaluateNoDuplicateCreate};
}

}  // namespace mockduit
