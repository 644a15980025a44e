#include "server/request_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "http/headers.h"
#include "http/uri.h"
#include "server/grammar.h"

namespace mockduit {
namespace {

std::optional<Objection> ParseVersion(std::string_view text, int& minor_version) {
  const bool sound = text.size() == 8 && text.starts_with("HTTP/") && IsDigits(text.substr(5, 1)) &&
                     text[6] == '.' && IsDigits(text.substr(7));
  if (!sound) {
    // Something else may be a credential.
    const bool meant = text.empty() || EqualsIgnoringCase(text.substr(0, 5), "HTTP/");
    return BadRequest("The request line ends " +
                      (meant ? "with " + Quoted(text) + ", not" : "not") +
                      " with a version like HTTP/1.1 (RFC 9112, section 2.3).");
  }
  if (text != "HTTP/1.1" && text != "HTTP/1.0") {
    return Objection{505, std::string(text) + " is not spoken here, only HTTP/1.1 and HTTP/1.0."};
  }
  minor_version = text[7] - '0';
  return std::nullopt;
}

enum class InTarget : std::uint8_t { kAnywhere, kInQueries, kEscape, kNowhere };

// RFC 3986 has no other characters in a path. In a query, browsers leave some more as they are
// (URL Standard, query percent-encode set), and so do the servers that this one stands in for.
constexpr std::array<InTarget, 256> kInTarget = [] {
  std::array<InTarget, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    if (c <= 0x20 || c >= 0x7F) table[c] = InTarget::kNowhere;
  }
  for (const char c : {'<', '>', '"', '#'})
    table[static_cast<unsigned char>(c)] = InTarget::kNowhere;
  for (const char c : {'\\', '^', '`', '{', '}'}) {
    table[static_cast<unsigned char>(c)] = InTarget::kInQueries;
  }
  table['%'] = InTarget::kEscape;
  return table;
}();

std::optional<Objection> CheckTargetBytes(std::string_view target) {
  bool in_query = false;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const InTarget place = kInTarget[static_cast<unsigned char>(target[i])];
    in_query = in_query || target[i] == '?';
    if (place == InTarget::kAnywhere) continue;
    if (place == InTarget::kEscape && !IsPercentEncoded(target.substr(i, 3), "")) {
      return BadRequest(
          "The request target has " + Quoted(target.substr(i, 3)) +
          ", which is no percent-encoding; '%' itself is %25 (RFC 3986, section 2.1).");
    }
    if (place == InTarget::kNowhere || (place == InTarget::kInQueries && !in_query)) {
      return BadRequest("The request target has the character " + Quoted(target.substr(i, 1)) +
                        "; it must be percent-encoded (RFC 9112, section 3.2).");
    }
  }
  return std::nullopt;
}

// Takes "http://host:port" off the front of an absolute target.
std::optional<Objection> TakeAuthority(std::string_view& target, std::string_view& authority) {
  const std::size_t colon = target.find("://");
  const std::string_view scheme = target.substr(0, colon);
  const bool known = EqualsIgnoringCase(scheme, "http") || EqualsIgnoringCase(scheme, "https");
  if (colon == std::string_view::npos || !known) {
    return BadRequest("The request target " + QuotedUrl(target) +
                      " is neither a path nor an http:// address (RFC 9112, section 3.2).");
  }
  target.remove_prefix(colon + 3);
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  if (!ParseAuthority(target.substr(0, end))) {
    return BadRequest("The address in the request line has the host " +
                      QuotedUrl(target.substr(0, end)) +
                      ", which is not a host name (RFC 3986, section 3.2.2).");
  }
  authority = target.substr(0, end);
  target.remove_prefix(end);
  return std::nullopt;
}

// "host:port", the only form that CONNECT has.
std::optional<Objection> TakeTunnel(std::string_view target, RequestLine& result) {
  const auto authority = ParseAuthority(target);
  constexpr int kMaxPort = 65'535;
  const int port = authority ? ParseNumber<int>(authority->port).value_or(0) : 0;
  if (!authority || port < 1 || port > kMaxPort) {
    return BadRequest("The target of CONNECT is " + QuotedUrl(target) +
                      ", not a host and a port (RFC 9112, section 3.2.3).");
  }
  result.authority = target;
  return std::nullopt;
}

std::optional<Objection> ParseTarget(std::string_view target, RequestLine& result) {
  if (auto objection = CheckTargetBytes(target)) return objection;
  if (result.method == "CONNECT") return TakeTunnel(target, result);
  if (target == "*") {
    if (result.method != "OPTIONS") {
      return BadRequest("The request target * is for OPTIONS alone (RFC 9112, section 3.2.4).");
    }
    result.path = target;
    return std::nullopt;
  }
  if (!target.starts_with('/')) {
    if (auto objection = TakeAuthority(target, result.authority)) return objection;
  }
  const std::size_t mark = std::min(target.find('?'), target.size());
  result.path = mark == 0 ? "/" : target.substr(0, mark);
  result.query = target.substr(std::min(mark + 1, target.size()));
  return std::nullopt;
}

}  // namespace

std::optional<Objection> ParseRequestLine(std::string_view line, RequestLine& result) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == last || last == first + 1) {
    return BadRequest("The request line " + QuotedUrl(line) +
                      " is not METHOD SP target SP HTTP/1.1 (RFC 9112, section 3).");
  }
  const std::string_view method = line.substr(0, first);
  if (!IsToken(method)) {
    return BadRequest("The method " + Quoted(method) + " is not a token (RFC 9110, section 9.1).");
  }
  result.method = method;
  if (auto objection = ParseVersion(line.substr(last + 1), result.minor_version)) return objection;
  return ParseTarget(line.substr(first + 1, last - first - 1), result);
}

}  // namespace mockduit
