// Small work on text that more than one room needs. ASCII only.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

std::string LowerCase(std::string_view text);
std::string UpperCase(std::string_view text);
// Without the spaces and tabs at both ends.
std::string_view Trim(std::string_view text);
// Takes what stands before the first of `separators` off the front of `rest`, and that separator
// with it; all of `rest` when there is none.
std::string_view TakeUntil(std::string_view& rest, std::string_view separators);
// The text itself where it is UTF-8; each byte that is part of none becomes U+FFFD.
std::string ValidUtf8(std::string_view text);
// "a, b, c"
template <class Words>
std::string Join(const Words& words, std::string_view separator = ", ") {
  std::string joined;
  for (const auto& word : words) {
    if (!joined.empty()) joined += separator;
    joined += word;
  }
  return joined;
}

}  // namespace mockduit
