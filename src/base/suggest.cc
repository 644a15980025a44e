#include "base/suggest.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxWord = 64;  // longer words are compared by their beginnings

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A distance is never less than this: of the characters that one word has and the other has not,
// each step takes away two at most.
std::size_t LeastDistance(std::string_view word, std::string_view known) {
  std::array<int, 256> counts{};
  for (const char c : word.substr(0, kMaxWord)) ++counts[static_cast<unsigned char>(ToLower(c))];
  for (const char c : known.substr(0, kMaxWord)) --counts[static_cast<unsigned char>(ToLower(c))];
  std::size_t more = 0;
  std::size_t less = 0;
  for (const int count : counts)
    (count > 0 ? more : less) += static_cast<std::size_t>(std::abs(count));
  return std::max(more, less);
}

// Levenshtein's distance, with two neighbours swapped counted as one step, and case not at all.
std::size_t Distance(std::string_view word, std::string_view known) {
  const std::string a = LowerCase(word.substr(0, kMaxWord));
  const std::string b = LowerCase(known.substr(0, kMaxWord));
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::vector<std::size_t> next(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> NearestFirst(std::string_view word, std::vector<std::string> known,
                                      std::size_t count) {
  std::ranges::stable_sort(known, {}, [&](const std::string& k) { return Distance(word, k); });
  if (known.size() > count) known.resize(count);
  return known;
}

std::string Nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t best = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    // Most are too far away at first sight.
    if (LeastDistance(word, candidate) >= best) continue;
    const std::size_t distance = Distance(word, candidate);
    if (distance >= best || distance >= std::max(word.size(), candidate.size())) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string DidYouMean(std::string_view word, const std::vector<std::string>& known) {
  const std::string nearest = Nearest(word, known);
  return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
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
