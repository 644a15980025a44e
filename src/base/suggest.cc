#include "base/suggest.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ranges>
#include <utility>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxWord = 64;  // longer words are compared by their beginnings

std::size_t Longer(std::size_t a, std::size_t b) { return std::min(std::max(a, b), kMaxWord); }

// Two mistakes, or one in three letters of the longer, are near; two in a word of a few letters
// leave nothing of it.
std::size_t MostMistakes(std::size_t longer) {
  constexpr std::size_t kShort = 4;
  return longer <= kShort ? 1 : std::max<std::size_t>(2, longer / 3);
}

// Measures how far words are from one: Levenshtein's distance, with two neighbours swapped counted
// as one step, and case not at all. A column of the usual table is one machine word of differences
// (Myers 1999; the swaps by Hyyro 2003), so that a word costs as many steps as it has letters.
class Measure {
 public:
  explicit Measure(std::string_view word) : word_(LowerCase(word.substr(0, kMaxWord))) {
    for (std::size_t i = 0; i < word_.size(); ++i)
      places_[Index(word_[i])] |= std::uint64_t{1} << i;
  }

  // Nothing where it is too far for the one to be meant by the other.
  std::optional<std::size_t> Near(std::string_view known) const {
    if (!MayBeNear(word_.size(), known.size())) return std::nullopt;
    const std::size_t longer = Longer(word_.size(), known.size());
    const std::size_t distance = To(known);
    if (distance > MostMistakes(longer) || distance >= longer) return std::nullopt;
    return distance;
  }

 private:
  std::size_t To(std::string_view known) const {
    if (word_.empty()) return std::min(known.size(), kMaxWord);
    const std::uint64_t last = std::uint64_t{1} << (word_.size() - 1);
    std::uint64_t up = ~std::uint64_t{0};  // where the column goes up by one, and down
    std::uint64_t down = 0;
    std::uint64_t same = 0;
    std::uint64_t places_before = 0;
    std::size_t distance = word_.size();
    for (const char c : known.substr(0, kMaxWord)) {
      const std::uint64_t places = places_[Index(ToLower(c))];
      const std::uint64_t swapped = ((~same & places) << 1) & places_before;
      same = (((places & up) + up) ^ up) | places | down | swapped;
      std::uint64_t right_up = down | ~(same | up);
      const std::uint64_t right_down = same & up;
      if ((right_up & last) != 0) ++distance;
      if ((right_down & last) != 0) --distance;
      right_up = (right_up << 1) | 1;
      up = (right_down << 1) | ~(same | right_up);
      down = right_up & same;
      places_before = places;
    }
    return distance;
  }

  static std::size_t Index(char c) { return static_cast<unsigned char>(c); }
  static char ToLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  const std::string word_;
  std::array<std::uint64_t, 256> places_{};  // of each letter in the word
};

}  // namespace

bool MayBeNear(std::size_t a, std::size_t b) {
  const std::size_t longer = Longer(a, b);
  return longer - std::min({a, b, kMaxWord}) <= MostMistakes(longer);
}

std::optional<std::size_t> NearDistance(std::string_view a, std::string_view b) {
  return MayBeNear(a.size(), b.size()) ? Measure(a).Near(b) : std::nullopt;
}

std::vector<std::string> NearestFirst(std::string_view word, const std::vector<std::string>& known,
                                      std::size_t count) {
  const Measure measure(word);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : known) {
    if (const auto distance = measure.Near(candidate)) near.emplace_back(*distance, candidate);
  }
  std::ranges::stable_sort(near, {}, [](const auto& each) { return each.first; });
  std::vector<std::string> words;
  for (auto& [distance, candidate] : near | std::views::take(count)) {
    words.push_back(std::move(candidate));
  }
  return words;
}

std::string Nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t best = std::string::npos;
  const Measure measure(word);
  for (const std::string& candidate : known) {
    const auto distance = measure.Near(candidate);
    if (!distance || *distance >= best) continue;
    best = *distance;
    nearest = candidate;
  }
  // A word that is broken off is nearer to what it begins than to what it only looks like.
  constexpr std::size_t kBegun = 5;
  if (best > 1 && word.size() >= kBegun) {
    const auto begun = std::ranges::find_if(
        known, [&](const std::string& candidate) { return candidate.starts_with(word); });
    if (begun != known.end()) return *begun;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& known) {
  const std::string nearest = Nearest(word, known);
  return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
}

std::string DidYouMeanOf(std::string_view word, const std::vector<std::string>& known) {
  std::vector<std::string> ordered = known;
  std::vector<std::string> nearest = NearestFirst(word, known, known.size());
  if (std::string best = Nearest(word, known); !best.empty()) nearest.insert(nearest.begin(), best);
  std::ranges::stable_sort(ordered, {}, [&](const std::string& each) {
    return std::ranges::find(nearest, each) - nearest.begin();
  });
  std::string list;
  for (const std::string& each : ordered) list += (list.empty() ? "; there are " : ", ") + each;
  return DidYouMean(word, known) + list;
}

std::string OrList(const std::vector<std::string>& words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
    list += words[i];
  }
  return list;
}

}  // namespace mockduit
