// Percent-encoding (RFC 3986, 2.1), read. URLs, and the "$ref"s of documents, are written so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// -1 where it is none.
constexpr int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that "%XX" at `at` stands for; nothing where no such thing stands there.
std::optional<char> EscapedByte(std::string_view text, std::size_t at);

// "a%20b" as "a b". A '%' that is not followed by two hex digits stays as it is.
std::string PercentDecode(std::string_view text);

}  // namespace mockduit
