// Percent-encoding and query strings (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// "a%20b" as "a b". A '%' that is not followed by two hex digits stays as it is.
std::string PercentDecode(std::string_view text);

// Everything but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

// The first value of that name in a query string, decoded ('+' is a space); nothing when absent.
std::optional<std::string> QueryValue(std::string_view query, std::string_view name);

}  // namespace mockduit
