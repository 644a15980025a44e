#include "verify/alike.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "verify/hash.h"
#include "verify/identity.h"
#include "verify/likeness.h"
#include "verify/overlap.h"

namespace mockduit {
namespace {

using Entries = History::Entries;

class Sorter {
 public:
  explicit Sorter(const History& history) : history_(history) {}

  void Add(const Entry& entry) {
    std::vector<std::size_t>& like = by_likeness_[Key(entry)];
    std::vector<std::size_t>& here = at_place_[entry.place];
    const auto is_same = [&](std::size_t group) {
      return IsSame(Compare(*groups_[group].entries.back(), entry));
    };
    const auto same = std::ranges::find_if(like, is_same);
    std::optional<std::size_t> found = same != like.end() ? std::optional(*same) : std::nullopt;
    if (!found) found = SaidToBeOneWith(entry);
    if (!found) {
      found = SpoiltOf(entry, here);
      if (found) groups_[*found].spoilt.insert(&entry);
    }
    if (!found) {
      found = groups_.size();
      groups_.emplace_back();
      like.push_back(*found);
      here.push_back(*found);
    }
    groups_[*found].entries.push_back(&entry);
    if (const auto said = SaidCall(entry)) said_[*said] = *found;
  }

  std::vector<AlikeRequests> Take() {
    for (const auto& [place, groups] : at_place_) JoinRenamed(groups);
    std::erase_if(groups_, [](const AlikeRequests& group) { return group.entries.empty(); });
    return std::move(groups_);
  }

 private:
  std::uint64_t Key(const Entry& entry) const {
    return Hash().Add(entry.place).Add(history_.LikenessOf(entry)).value();
  }

  // By a header that is for this alone, at the same place.
  static std::optional<std::uint64_t> SaidCall(const Entry& entry) {
    const auto identity = IdentityOf(entry);
    if (!identity || !identity->distinguishes) return std::nullopt;
    return Hash().Add(entry.place).Add(identity->header).Add(identity->value).value();
  }

  // The group whose last request failed and was of the same call, as its client says. An
  // idempotency key may also be one for several calls by mistake, which differ in more than names.
  std::optional<std::size_t> SaidToBeOneWith(const Entry& entry) const {
    const auto said = SaidCall(entry);
    const auto known = said ? said_.find(*said) : said_.end();
    if (known == said_.end()) return std::nullopt;
    const Entry& before = *groups_[known->second].entries.back();
    if (!before.failed() || !ComesAfter(before, entry) || IsSilence(before, entry)) {
      return std::nullopt;
    }
    const bool one = IdentityOf(entry)->is_ours || Compare(before, entry) != Likeness::kNone;
    return one ? std::optional(known->second) : std::nullopt;
  }

  // Whether its caller read something in between, and may know what has become of it.
  bool IsLookedAfter(const Entry& before, const Entry& entry) const {
    const auto& all = history_.entries();
    const auto at = [&](const Entry& one) {
      return all.begin() + static_cast<std::ptrdiff_t>(one.index);
    };
    return std::any_of(at(before), at(entry), [&](const Entry& other) {
      return other.caller == entry.caller && other.request().method == "GET" &&
             other.reply == Reply::kSuccess;
    });
  }

  // Joins what differs in made-up names and was sent on after a failure each, where nobody sends a
  // name twice: a new one for each attempt, or the next thing.
  void JoinRenamed(const std::vector<std::size_t>& here) {
    constexpr std::size_t kMost = 64;  // more are things of a list
    const auto sent_twice = [&](std::size_t group) { return groups_[group].entries.size() > 1; };
    if (here.size() < 2 || here.size() > kMost || std::ranges::any_of(here, sent_twice)) return;
    AlikeRequests* first = &groups_[here.front()];
    for (std::size_t i = 1; i < here.size(); ++i) {
      AlikeRequests& next = groups_[here[i]];
      const Entry& before = *first->entries.back();
      const Entry& entry = *next.entries.front();
      if (!before.failed() || !ComesAfter(before, entry) || IsSilence(before, entry) ||
          SaidCall(entry) || Compare(before, entry) != Likeness::kRenamed ||
          IsLookedAfter(before, entry)) {
        first = &next;
        continue;
      }
      first->entries.push_back(&entry);
      first->renamed = true;
      next.entries.clear();
    }
  }

  // Among the groups that were added last, one whose request failed and is repeated here with
  // another body.
  std::optional<std::size_t> SpoiltOf(const Entry& entry, const std::vector<std::size_t>& here) {
    constexpr std::size_t kNewest = 8;
    const std::size_t first = here.size() - std::min(here.size(), kNewest);
    std::optional<std::size_t> found;
    for (std::size_t i = here.size(); i-- > first;) {
      const Entries& group = groups_[here[i]].entries;
      if (!MayRepeat(group, entry) || !Repeats(group, entry)) continue;
      // A body that is lost fits many; who has waited longest comes first.
      const auto rank = [&](const Entries& one) {
        return std::pair(!one.back()->failed(), one.back()->answered);
      };
      if (!found || rank(group) < rank(groups_[*found].entries)) found = here[i];
    }
    return found;
  }

  // All of a group are alike but for what was spoilt, so its first stands for them.
  bool MayRepeat(const Entries& group, const Entry& entry) {
    return Shape(*group.front()).MayBeSpoilt(Shape(entry)) ||
           Shape(*group.back()).MayBeSpoilt(Shape(entry));
  }
  const BodyShape& Shape(const Entry& entry) {
    const auto [known, fresh] = shapes_.try_emplace(entry.call);
    if (fresh) known->second = ShapeOf(entry);
    return known->second;
  }

  // Equal calls of others may lie in between.
  static bool Repeats(const Entries& group, const Entry& entry) {
    constexpr std::size_t kFar = 16;
    const std::size_t first = group.size() - std::min(group.size(), kFar);
    return std::any_of(
        group.begin() + static_cast<std::ptrdiff_t>(first), group.end(), [&](const Entry* before) {
          return before->failed() && ComesAfter(*before, entry) && !IsSilence(*before, entry) &&
                 Compare(*before, entry) >= Likeness::kAltered;
        });
  }

  const History& history_;
  std::vector<AlikeRequests> groups_;
  std::unordered_map<std::uint64_t, std::size_t> said_;  // groups, by SaidCall
  // Groups, by place and the likeness of their first requests, and by place alone.
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_likeness_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> at_place_;
  std::unordered_map<std::uint64_t, BodyShape> shapes_;  // by call
};

}  // namespace

std::vector<AlikeRequests> SortAlike(const History& history) {
  Sorter sorter(history);
  for (const Entry& entry : history.entries()) sorter.Add(entry);
  return sorter.Take();
}

}  // namespace mockduit
