#include <algorithm>
#include <array>
#include <vector>

#include "contract/formats/checks.h"
#include "contract/formats/letters.h"

namespace mockduit {

Reason WhyNoUuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const auto is_good = [](char c, char form) { return form == 'x' ? IsHexDigit(c) : c == form; };
  if (std::ranges::equal(text, kForm, is_good)) return std::nullopt;
  return "it is not 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 with hyphens between";
}

// Accepts 32 hex digits, or groups of 8, 4, 4, 4 and 12 with hyphens between them; either may stand
// in braces or behind "urn:uuid:". The messages are those that servers show to their clients.
Reason WhyNoUuidOfAnyForm(std::string_view text) {
  if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  static constexpr std::array<std::size_t, 5> kGroups = {8, 4, 4, 4, 12};
  std::vector<std::size_t> groups{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') {
      groups.push_back(0);
    } else if (IsHexDigit(text[i])) {
      ++groups.back();
    } else {
      std::size_t end = i + 1;  // of the character, which may have several bytes
      while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
      return "invalid character: expected an optional prefix of `urn:uuid:` followed by "
             "[0-9a-fA-F-], found `" +
             std::string(text.substr(i, end - i)) + "` at " + std::to_string(i + 1);
    }
  }
  if (groups.size() == 1) {
    if (text.size() == 32) return std::nullopt;
    return "invalid length: expected length 32 for simple format, found " +
           std::to_string(text.size());
  }
  if (groups.size() != kGroups.size()) {
    return "invalid group count: expected 5, found " + std::to_string(groups.size());
  }
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (groups[i] == kGroups[i]) continue;
    return "invalid group length in group " + std::to_string(i) + ": expected " +
           std::to_string(kGroups[i]) + ", found " + std::to_string(groups[i]);
  }
  return std::nullopt;
}

}  // namespace mockduit
