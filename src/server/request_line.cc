#include "server/request_line.h"

#include <algorithm>
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
    return BadRequest("The request line ends with " + Quoted(text) +
                      ", not with a version like HTTP/1.1 (RFC 9112, section 2.3).");
  }
  if (text != "HTTP/1.1" && text != "HTTP/1.0") {
    return Objection{505, std::string(text) + " is not spoken here, only HTTP/1.1 and HTTP/1.0."};
  }
  minor_version = text[7] - '0';
  return std::nullopt;
}

std::optional<Objection> CheckTargetBytes(std::string_view target) {
  for (const char c : target) {
    if (c > 0x20 && c < 0x7F && c != '#') continue;
    return BadRequest("The request target has the character " + Quoted({&c, 1}) +
                      "; it must be percent-encoded (RFC 9112, section 3.2).");
  }
  return std::nullopt;
}

// Takes "http://host:port" off the front of an absolute target.
std::optional<Objection> TakeAuthority(std::string_view& target, std::string_view& authority) {
  const std::size_t colon = target.find("://");
  const std::string_view scheme = target.substr(0, colon);
  const bool known = EqualsIgnoringCase(scheme, "http") || EqualsIgnoringCase(scheme, "https");
  if (colon == std::string_view::npos || !known) {
    return BadRequest("The request target " + Quoted(target) +
                      " is neither a path nor an http:// address (RFC 9112, section 3.2).");
  }
  target.remove_prefix(colon + 3);
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  if (!ParseAuthority(target.substr(0, end))) {
    return BadRequest("The address in the request line has the host " +
                      Quoted(target.substr(0, end)) +
                      ", which is not a host name (RFC 3986, section 3.2.2).");
  }
  authority = target.substr(0, end);
  target.remove_prefix(end);
  return std::nullopt;
}

std::optional<Objection> ParseTarget(std::string_view target, RequestLine& result) {
  if (auto objection = CheckTargetBytes(target)) return objection;
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
    return BadRequest("The request line " + Quoted(line) +
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
