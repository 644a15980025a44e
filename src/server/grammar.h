// The small words of HTTP's grammar: lines, tokens, field values, lists. Used by the parsers
// of this room. Pure functions over bytes; they never copy what they read.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/objection.h"

namespace mockduit {

// One line taken off the front of the bytes, without its CRLF; nothing while it is not whole. A CR
// or an LF that stands alone is an objection: other servers read it in other ways, and a request
// that two servers read in two ways is how requests are smuggled.
std::expected<std::optional<std::string_view>, Objection> TakeLine(std::string_view& bytes);

// "name: value", as views into the line (RFC 9112, section 5).
struct FieldLine {
  std::string_view name;
  std::string_view value;
};
std::expected<FieldLine, Objection> ParseFieldLine(std::string_view line);

bool HasControlCharacter(std::string_view text);  // HTAB does not count

// The elements of "a, b ,,c": "a", "b", "c".
std::vector<std::string_view> SplitList(std::string_view text);

// In quotes for a message: at most 60 characters, what does not print as \xNN.
std::string Quoted(std::string_view text);
// The same of a line or a URL as it was sent, without what may be a secret in it: the user before
// an
// '@', and what follows a '?'.
std::string QuotedUrl(std::string_view text);

}  // namespace mockduit
