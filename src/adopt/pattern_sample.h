// PatternSample: a text that a regular expression matches, for bodies that are composed from their
// schemas.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// The shortest text that comes to mind which has a match and is at least `minimum` characters long;
// the same one every time. Nothing where the expression has what is not understood (look-ahead,
// references back), or where no such text was found.
std::optional<std::string> SampleOf(std::string_view expression, std::size_t minimum = 0);

}  // namespace mockduit
