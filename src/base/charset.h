// Charsets: JSON that comes in UTF-16 or UTF-32, which older readers of JSON recognise by its first
// bytes (RFC 4627, section 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// The text in UTF-8, where its first bytes tell that it is in another form of Unicode, or begins
// with the mark of UTF-8; nothing where they do not, or where the rest is not of that form.
std::optional<std::string> RecodedJson(std::string_view bytes);

}  // namespace mockduit
