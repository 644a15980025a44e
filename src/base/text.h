// Small work on text that more than one room needs. ASCII only.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

std::string LowerCase(std::string_view text);
std::string UpperCase(std::string text);
// True where a byte is below 0x20, tabs included, or is 0x7F.
bool HasControl(std::string_view text);
// Without the spaces and tabs at both ends.
std::string_view Trim(std::string_view text);
// Takes what stands before the first of `separators` off the front of `rest`, and that separator
// with it; all of `rest` when there is none.
std::string_view TakeUntil(std::string_view& rest, std::string_view separators);
// True when every character is a decimal digit; true for "".
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsDigits(std::string_view text);
// The number that the whole text is; nothing when it is none, or does not fit. Takes a '-' where
// the type is signed, never a '+' or blanks, never "inf" or "nan".
template <std::integral Number>
std::optional<Number> ParseNumber(std::string_view text, int base = 10) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number, base);
  return failure == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}
template <std::floating_point Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  const bool whole = failure == std::errc() && stop == end && std::isfinite(number);
  return whole ? std::optional(number) : std::nullopt;
}
// The text itself where it is UTF-8; each byte that is part of none becomes U+FFFD.
std::string ValidUtf8(std::string_view text);
// The text as it can be shown in a terminal or a log: control characters, those that turn the
// direction of a text, and bytes that are no UTF-8 become "\\x1b". Lines after the first are
// indented, so that none passes for one of its own.
std::string Printable(std::string_view text);
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
