// Entry index: entries of a history by a key, so that a check finds those that matter to a case
// without a look at all. With it the time of a check grows as the history does, not as its square.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "verify/entry.h"

namespace mockduit {

class EntryIndex {
 public:
  using Some = std::span<const Entry* const>;  // in the history's order

  // In the history's order.
  void Add(std::uint64_t key, const Entry& entry) { entries_[key].push_back(&entry); }

  Some Of(std::uint64_t key) const {
    const auto found = entries_.find(key);
    return found != entries_.end() ? Some(found->second) : Some();
  }
  // Those at places in the history from `first` on, up to `end`, which is left out.
  Some Between(std::uint64_t key, std::size_t first, std::size_t end) const {
    const Some all = Of(key);
    const auto place = [&](std::size_t index) {
      return std::ranges::lower_bound(all, index, {}, &Entry::index) - all.begin();
    };
    const auto begin = static_cast<std::size_t>(place(first));
    return all.subspan(begin, std::max(static_cast<std::size_t>(place(end)), begin) - begin);
  }
  // That many before it and behind it.
  Some Around(std::uint64_t key, const Entry& entry, std::size_t many) const {
    const Some all = Of(key);
    const auto before = static_cast<std::size_t>(
        std::ranges::lower_bound(all, entry.index, {}, &Entry::index) - all.begin());
    const std::size_t first = before - std::min(before, many);
    return all.subspan(first, std::min(all.size() - first, before - first + many + 1));
  }
  Some After(std::uint64_t key, const Entry& entry) const {
    return Between(key, entry.index + 1, static_cast<std::size_t>(-1));
  }

 private:
  std::unordered_map<std::uint64_t, std::vector<const Entry*>> entries_;
};

// The entries of each caller by path. What happens to a thing concerns its parts, so those above
// and below a path are about the same as those at it.
class PathIndex {
 public:
  void Add(const Entry& entry);  // in the history's order
  // Whether `test` holds for one of the entry's caller between those places, at its path, above it
  // or below it.
  template <class Test>
  bool AnyAbout(const Entry& entry, std::size_t first, std::size_t end, const Test& test) const {
    const auto any = [&](const EntryIndex& index, std::string_view path) {
      return std::ranges::any_of(index.Between(Key(entry, path), first, end), test);
    };
    std::string_view path = Trimmed(entry.path);
    if (any(below_, path)) return true;
    while (TakeLast(path)) {
      if (any(at_, path)) return true;
    }
    return false;
  }

 private:
  static std::uint64_t Key(const Entry& entry, std::string_view path);
  static std::string_view Trimmed(std::string_view path);  // of a slash at the end
  static bool TakeLast(std::string_view& path);            // false: there is no segment left

  EntryIndex at_;     // by path
  EntryIndex below_;  // by path, and by each path above it
};

}  // namespace mockduit
