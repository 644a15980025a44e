// UTF-8 by the character: whether a text is UTF-8, and how wide a terminal shows a character.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace mockduit {

// How many bytes the character at the front of `text` has (RFC 3629); 0 when there is none.
std::size_t Utf8Length(std::string_view text);
// Where the first byte stands that is part of no character; nothing when `text` is UTF-8.
std::optional<std::size_t> FirstNotUtf8(std::string_view text);
// How many characters a text has; a byte that is part of none counts as one.
std::size_t CountCharacters(std::string_view text);
// Its first `count` characters.
std::string_view FirstCharacters(std::string_view text, std::size_t count);
// The code point of the character at the front of `text`, which has `length` bytes, 1 to 4.
char32_t CodePoint(std::string_view text, std::size_t length);
// How many columns of a terminal a character takes: 0 (combining), 1, or 2 (East Asian, emoji).
int DisplayWidth(char32_t code_point);

}  // namespace mockduit
