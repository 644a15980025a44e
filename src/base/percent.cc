#include "base/percent.h"

namespace mockduit {

std::optional<char> EscapedByte(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return std::nullopt;
  const int high = HexDigit(text[at + 1]);
  const int low = HexDigit(text[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

std::string PercentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto escaped = EscapedByte(text, i);
    decoded.push_back(escaped.value_or(text[i]));
    if (escaped) i += 2;
  }
  return decoded;
}

}  // namespace mockduit
