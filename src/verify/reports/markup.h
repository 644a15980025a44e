// What XML and HTML share.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

// The text as it may stand between tags and in attributes. What no XML may hold, control characters
// and broken UTF-8, becomes U+FFFD.
std::string Escaped(std::string_view text);

}  // namespace mockduit
