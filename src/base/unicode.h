// Unicode beyond UTF-8: capitals and small letters, and JSON that comes in UTF-16 or UTF-32.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// The text, which is UTF-8, in capitals and in small letters: one character for one, so that "ß"
// stays (Unicode's simple case mapping). Bytes that are no UTF-8 stay as they are.
std::string Capitals(std::string_view text);
std::string SmallLetters(std::string_view text);

// A JSON text in UTF-8. In which encoding its bytes are tell its byte order mark, or the zeros
// among its first four bytes, as a JSON text begins with two ASCII characters (RFC 4627, section
// 3). Nothing where the bytes are no text in that encoding.
std::optional<std::string> JsonAsUtf8(std::string_view bytes);

}  // namespace mockduit
