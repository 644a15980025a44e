// "Did you mean": the known word nearest to a mistyped one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// The nearest of `known` by edit distance, or "" when none is near enough to be meant.
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

// Those of `known` that are near enough to be meant, best first, at most `count`.
std::vector<std::string> NearestFirst(std::string_view word, const std::vector<std::string>& known,
                                      std::size_t count);

// False when no words of these lengths are near enough for one to be meant by the other.
bool MayBeNear(std::size_t a, std::size_t b);

// The edit distance of two words, or nothing when neither is near enough to be meant by the other.
std::optional<std::size_t> NearDistance(std::string_view a, std::string_view b);

// "; did you mean 'x'?", or "" when nothing is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& known);

// The same of a few, and all of them, the nearest first: "; did you mean 'x'?; there are x, a, b".
std::string DidYouMeanOf(std::string_view word, const std::vector<std::string>& known);

// "a, b or c"
std::string OrList(const std::vector<std::string>& words);

}  // namespace mockduit
