#include "http/uri.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/percent.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ConsistsOf(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) { return IsAlphanumeric(c) || others.contains(c); });
}

// RFC 3986, appendix A: the unreserved characters and the sub-delims besides letters and digits,
// and what else a user and a path may have.
constexpr std::string_view kInHosts = "-._~!$&'()*+,;=";
constexpr std::string_view kInUsers = "-._~!$&'()*+,;=:";
constexpr std::string_view kInTargets = "-._~!$&'()*+,;=:@/?";
constexpr int kMaxPort = 65535;

// "[::1]" at the front, the brackets included; 0 when there is none.
std::size_t IpLiteralLength(std::string_view text) {
  const std::size_t end = text.find(']');
  if (!text.starts_with('[') || end == std::string_view::npos) return 0;
  in6_addr address{};
  const std::string inside(text.substr(1, end - 1));
  // inet_pton would stop at a NUL.
  if (inside.contains('\0') || inet_pton(AF_INET6, inside.c_str(), &address) != 1) return 0;
  return end + 1;
}

// What a resolver can be asked for without a second reading.
bool IsHostOfUrl(std::string_view host) { return host.starts_with('[') || ConsistsOf(host, "-._"); }

bool IsPortOfUrl(std::string_view port) {
  return port.empty() || ParseNumber<int>(port).value_or(kMaxPort + 1) <= kMaxPort;
}

}  // namespace

std::optional<std::string_view> CookieValue(std::string_view field, std::string_view name) {
  while (!field.empty()) {
    std::string_view value = Trim(TakeUntil(field, ";"));
    if (TakeUntil(value, "=") == name) return value;
  }
  return std::nullopt;
}

std::string PercentEncode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsAlphanumeric(c) || std::string_view("-._~").contains(c)) {
      encoded += c;
    } else {
      encoded += {'%', kHex[byte >> 4], kHex[byte & 0xf]};
    }
  }
  return encoded;
}

QueryParameter TakeParameter(std::string_view& query) {
  QueryParameter parameter;
  parameter.text = TakeUntil(query, "&");
  parameter.value = parameter.text;
  parameter.name = TakeUntil(parameter.value, "=");
  return parameter;
}

std::string DecodeQueryPart(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return PercentDecode(spaced);
}

std::optional<std::string> QueryValue(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const QueryParameter parameter = TakeParameter(query);
    if (DecodeQueryPart(parameter.name) == name) return ValidUtf8(DecodeQueryPart(parameter.value));
  }
  return std::nullopt;
}

std::vector<std::string> QueryValues(std::string_view query, std::string_view name) {
  std::vector<std::string> values;
  while (!query.empty()) {
    const QueryParameter parameter = TakeParameter(query);
    if (DecodeQueryPart(parameter.name) != name) continue;
    values.push_back(ValidUtf8(DecodeQueryPart(parameter.value)));
  }
  return values;
}

std::string WithParameter(std::string_view url, std::string_view name, std::string_view value) {
  const std::size_t fragment = std::min(url.find('#'), url.size());
  std::string_view query = url.substr(0, fragment);
  std::string with(TakeUntil(query, "?"));
  const std::string parameter = std::string(name) + "=" + PercentEncode(value);
  char joint = '?';
  bool stands = false;
  const auto add = [&](std::string_view text) {
    with += std::exchange(joint, '&');
    with += text;
  };
  while (!query.empty()) {
    const QueryParameter sent = TakeParameter(query);
    if (DecodeQueryPart(sent.name) != name) {
      add(sent.text);
    } else if (!std::exchange(stands, true)) {
      add(parameter);
    }
  }
  if (!stands) add(parameter);
  return with.append(url.substr(fragment));
}

std::string DecodeUnreserved(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = EscapedByte(text, i).value_or('%');
    if (!IsAlphanumeric(c) && !std::string_view("-._~").contains(c)) {
      decoded.push_back(text[i]);
      continue;
    }
    decoded.push_back(c);
    i += 2;
  }
  return decoded;
}

std::optional<Authority> ParseAuthority(std::string_view text) {
  std::size_t end = IpLiteralLength(text);
  if (end == 0) {
    end = std::min(text.find(':'), text.size());
    if (end == 0 || !IsPercentEncoded(text.substr(0, end), kInHosts)) return std::nullopt;
  }
  const std::string_view port = text.substr(end);
  if (!port.empty() && (port.front() != ':' || !IsDigits(port.substr(1)))) return std::nullopt;
  return Authority{text.substr(0, end), port.substr(std::min<std::size_t>(port.size(), 1))};
}

bool IsPercentEncoded(std::string_view text, std::string_view allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (text.size() - i < 3 || HexDigit(text[i + 1]) < 0 || HexDigit(text[i + 2]) < 0) {
        return false;
      }
      i += 2;
    } else if (!IsAlphanumeric(text[i]) && !allowed.contains(text[i])) {
      return false;
    }
  }
  return true;
}

int Url::port() const { return ParseNumber<int>(authority.port).value_or(secure() ? 443 : 80); }

std::string Url::Origin() const {
  std::string origin = std::string(scheme) + "://" + std::string(authority.host);
  if (!authority.port.empty()) origin += ":" + std::string(authority.port);
  return origin;
}

std::optional<Url> ParseUrl(std::string_view text) {
  Url url;
  for (const std::string_view scheme : {"https", "http"}) {
    if (EqualsIgnoringCase(text.substr(0, scheme.size()), scheme) &&
        text.substr(std::min(scheme.size(), text.size())).starts_with("://")) {
      url.scheme = scheme;
    }
  }
  if (url.scheme.empty()) return std::nullopt;
  text.remove_prefix(url.scheme.size() + std::strlen("://"));
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view place = text.substr(0, end);
  if (const std::size_t at = place.find('@'); at != std::string_view::npos) {
    url.user = place.substr(0, at);
    place.remove_prefix(at + 1);
    if (!IsPercentEncoded(url.user, kInUsers)) return std::nullopt;
  }
  const auto authority = ParseAuthority(place);
  if (!authority || !IsHostOfUrl(authority->host) || !IsPortOfUrl(authority->port)) {
    return std::nullopt;
  }
  url.authority = *authority;
  const std::size_t mark = std::min(text.find('#', end), text.size());
  url.target = text.substr(end, mark - end);
  const std::string_view fragment = text.substr(std::min(mark + 1, text.size()));
  if (!IsPercentEncoded(url.target, kInTargets) || !IsPercentEncoded(fragment, kInTargets)) {
    return std::nullopt;
  }
  return url;
}

std::string HttpUrl(std::string_view host, std::string_view port) {
  const bool v6 = host.contains(':');
  return std::string("http://") + (v6 ? "[" : "") + std::string(host) + (v6 ? "]" : "") + ":" +
         std::string(port);
}

std::string_view WithoutBrackets(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  return host;
}

bool IsLoopback(std::string_view host) {
  const std::string name = LowerCase(WithoutBrackets(host));
  in_addr v4{};
  if (inet_pton(AF_INET, name.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6{};
  if (inet_pton(AF_INET6, name.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return name == "localhost";
}

bool IsUnroutable(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));  // "fe80::1%eth0"
  in6_addr v6{};
  in_addr v4{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) {
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
      std::memcpy(&v4, &v6.s6_addr[12], sizeof v4);
    } else {
      // The metadata service of EC2, and IPv4 addresses behind NAT64 (RFC 6052).
      const bool is_metadata = text == "fd00:ec2::254";
      in6_addr nat64{};
      inet_pton(AF_INET6, "64:ff9b::", &nat64);
      if (std::memcmp(&v6, &nat64, 12) == 0) {
        char inner[INET_ADDRSTRLEN];
        return inet_ntop(AF_INET, &v6.s6_addr[12], inner, sizeof inner) == nullptr ||
               IsUnroutable(inner) || IsLoopback(inner);
      }
      return is_metadata || IN6_IS_ADDR_LINKLOCAL(&v6) || IN6_IS_ADDR_MULTICAST(&v6) ||
             IN6_IS_ADDR_UNSPECIFIED(&v6);
    }
  } else if (inet_pton(AF_INET, text.c_str(), &v4) != 1) {
    return false;
  }
  const std::uint32_t number = ntohl(v4.s_addr);
  constexpr std::uint32_t kMetadata = 0x646464C8;  // 100.100.100.200, of another cloud
  return number == kMetadata || number >> 24 == 0 || number >> 16 == 0xA9FE ||
         number >> 28 == 0xE || number == 0xFFFFFFFF;
}

}  // namespace mockduit
