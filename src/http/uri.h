// URIs (RFC 3986): percent-encoding, the parameters of a query, hosts and ports, and which hosts
// are this machine. The only place that takes them apart: what one room finds in a URL, every room
// does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// "a%20b" as "a b". A '%' that is not followed by two hex digits stays as it is.
std::string PercentDecode(std::string_view text);

// Everything but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

// One parameter of a query, as sent.
struct QueryParameter {
  std::string_view text;  // "name=value"
  std::string_view name;
  std::string_view value;  // "" also where there is no '='
};
// Takes the first parameter off the front of a query, which is not empty.
QueryParameter TakeParameter(std::string_view& query);
// A name or a value of a query decoded: '+' is a space.
std::string DecodeQueryPart(std::string_view text);
// The first value of that name in a query, decoded; nothing when absent.
std::optional<std::string> QueryValue(std::string_view query, std::string_view name);

// Where a server is: "name", "name:80", "[::1]:80". Views into the text.
struct Authority {
  std::string_view host;  // an IPv6 address with its brackets
  std::string_view port;  // "" where there is none
};
// Nothing when the text is no authority (RFC 3986, section 3.2), or has a user.
std::optional<Authority> ParseAuthority(std::string_view text);

// An http or https URL. Views into the text.
struct Url {
  std::string_view scheme;  // "http" or "https"
  Authority authority;
  std::string_view user;    // "" where there is none
  std::string_view target;  // path and query, without the fragment; "" for "http://host"

  bool secure() const { return scheme == "https"; }
  // "https://name:80", without the user.
  std::string Origin() const;
};
// Nothing when the text is no such URL.
std::optional<Url> ParseUrl(std::string_view text);

// "::1" of "[::1]"; other hosts as they are.
std::string_view WithoutBrackets(std::string_view host);

// True for "localhost", the addresses in 127.0.0.0/8, and "::1" (also in brackets). Other names
// below "localhost" are left out, because a resolver may look them up elsewhere.
bool IsLoopback(std::string_view host);

}  // namespace mockduit
