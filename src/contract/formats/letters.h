// Sorts of characters that the checks of formats tell apart. ASCII, whatever the locale.
#pragma once

#include "base/text.h"

namespace mockduit {

constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool IsLetterOrDigit(char c) { return IsLetter(c) || IsDigit(c); }
constexpr bool IsHexDigit(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// A byte of a character that is not ASCII.
constexpr bool IsBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
constexpr bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace mockduit
