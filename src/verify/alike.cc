#include "verify/alike.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "verify/hash.h"
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
      return IsSame(Compare(*groups_[group].back(), entry));
    };
    const auto same = std::ranges::find_if(like, is_same);
    std::optional<std::size_t> found = same != like.end() ? std::optional(*same) : std::nullopt;
    if (!found) found = SpoiltOf(entry, here);
    if (!found) {
      found = groups_.size();
      groups_.emplace_back();
      like.push_back(*found);
      here.push_back(*found);
    }
    groups_[*found].push_back(&entry);
  }
  std::vector<Entries> Take() { return std::move(groups_); }

 private:
  std::uint64_t Key(const Entry& entry) const {
    return Hash().Add(entry.place).Add(history_.LikenessOf(entry)).value();
  }

  // Among the groups that were added last, one whose request failed and is repeated here with
  // another body.
  std::optional<std::size_t> SpoiltOf(const Entry& entry, const std::vector<std::size_t>& here) {
    constexpr std::size_t kNewest = 8;
    const std::size_t first = here.size() - std::min(here.size(), kNewest);
    std::optional<std::size_t> found;
    for (std::size_t i = here.size(); i-- > first;) {
      const Entries& group = groups_[here[i]];
      if (!MayRepeat(group, entry) || !Repeats(group, entry)) continue;
      // A body that is lost fits many; who has waited longest comes first.
      const auto rank = [&](const Entries& one) {
        return std::pair(!one.back()->failed(), one.back()->answered);
      };
      if (!found || rank(group) < rank(groups_[*found])) found = here[i];
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
  std::vector<Entries> groups_;
  // Groups, by place and the likeness of their first requests, and by place alone.
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_likeness_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> at_place_;
  std::unordered_map<std::uint64_t, BodyShape> shapes_;  // by call
};

}  // namespace

std::vector<Entries> SortAlike(const History& history) {
  Sorter sorter(history);
  for (const Entry& entry : history.entries()) sorter.Add(entry);
  return sorter.Take();
}

}  // namespace mockduit
