// "Did you mean": the known word nearest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// The nearest of `known` by edit distance, or "" when none is near enough to be meant.
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

// The nearest of `known`, best first, at most `count`; for lists where some answer is always due.
std::vector<std::string> NearestFirst(std::string_view word, std::vector<std::string> known,
                                      std::size_t count);

// "; did you mean 'x'?", or "" when nothing is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string>& known);

// "a, b or c"
std::string OrList(const std::vector<std::string>& words);

}  // namespace mockduit
