// URIs (RFC 3986): percent-encoding, the parameters of a query, hosts and ports, and which hosts
// are this machine. The only place that takes them apart: what one room finds in a URL, every room
// does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// The value of a cookie in a Cookie field (RFC 6265, 4.2.1); nothing when there is none of that
// name.
std::optional<std::string_view> CookieValue(std::string_view field, std::string_view name);

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
// The first value of that name in a query, decoded; nothing when absent. What is no UTF-8 in it
// becomes U+FFFD.
std::optional<std::string> QueryValue(std::string_view query, std::string_view name);
// All of them, in their order.
std::vector<std::string> QueryValues(std::string_view query, std::string_view name);
// A URL whose query has that parameter once, in front of the fragment: in place of the first one of
// that name, else behind all others. The value is encoded.
std::string WithParameter(std::string_view url, std::string_view name, std::string_view value);
// What of a path or a query is written as %XX without need: letters, digits and "-._~" stand for
// themselves (RFC 3986, 6.2.2.2).
std::string DecodeUnreserved(std::string_view text);

// Where a server is: "name", "name:80", "[::1]:80". Views into the text.
struct Authority {
  std::string_view host;  // an IPv6 address with its brackets
  std::string_view port;  // "" where there is none
};
// Nothing when the text is no authority (RFC 3986, section 3.2), or has a user. What stands in
// brackets must be an IPv6 address.
std::optional<Authority> ParseAuthority(std::string_view text);

// True when the text has only `allowed` characters besides letters and digits, and each '%' is
// followed by two hexadecimal digits.
bool IsPercentEncoded(std::string_view text, std::string_view allowed);

// An http or https URL. Views into the text.
struct Url {
  std::string_view scheme;  // "http" or "https"
  Authority authority;
  std::string_view user;    // "" where there is none
  std::string_view target;  // path and query, without the fragment; "" for "http://host"

  bool secure() const { return scheme == "https"; }
  // The scheme's own where none is written.
  int port() const;
  // "https://name:80", without the user.
  std::string Origin() const;
};
// Nothing when the text is no such URL, to the byte as RFC 3986 has it; a reader that is less
// strict might find another host in it. The host is an IP address or a name of letters, digits,
// '-', '_' and '.': no resolver and no library can take it for another.
std::optional<Url> ParseUrl(std::string_view text);

// "::1" of "[::1]"; other hosts as they are.
std::string_view WithoutBrackets(std::string_view host);
// "http://[::1]:8080" of "::1" and "8080".
std::string HttpUrl(std::string_view host, std::string_view port);

// True for "localhost", the addresses in 127.0.0.0/8, and "::1" (also in brackets). Other names
// below "localhost" are left out, because a resolver may look them up elsewhere.
bool IsLoopback(std::string_view host);
// True for the IP addresses that no name of a server should have: of one link (169.254.0.0/16,
// fe80::/10), of groups (224.0.0.0/4, ff00::/8), of nobody (0.0.0.0/8, "::") and all
// (255.255.255.255). An IPv4 address in an IPv6 one counts as itself.
bool IsUnroutable(std::string_view address);

}  // namespace mockduit
