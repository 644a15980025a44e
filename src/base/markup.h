// Escaping for XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace mockduit {

// The text for use between tags and in attributes. Control characters and broken UTF-8, which XML
// must not contain, become U+FFFD.
std::string Escaped(std::string_view text);

}  // namespace mockduit
