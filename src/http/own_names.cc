#include "http/own_names.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Browsers take every name below "localhost" for this machine (RFC 6761, section 6.3).
bool IsThisMachine(std::string_view host) {
  return IsLoopback(host) || LowerCase(host).ends_with(".localhost");
}

// Whether it is below a name that is nobody's on the Internet: RFC 6761, 6762 and 8375, and ICANN's
// decision of 2024 on "internal".
bool IsBelowReservedName(std::string_view host) {
  constexpr std::string_view kReserved[] = {".local", ".internal", ".test", ".example",
                                            ".home.arpa"};
  const std::string name = LowerCase(host);
  return std::ranges::any_of(kReserved, [&](std::string_view end) { return name.ends_with(end); });
}

// What most requests have, told without taking it apart.
bool IsPlainlyLocal(std::string_view authority) {
  for (const std::string_view name : {"127.0.0.1", "localhost"}) {
    if (!authority.starts_with(name)) continue;
    const std::string_view rest = authority.substr(name.size());
    return rest.empty() || (rest.starts_with(':') && IsDigits(rest.substr(1)));
  }
  return false;
}

// What the nearest proxy but one has said: proxies put theirs behind it, with a comma.
std::string_view FirstOf(std::string_view list) { return Trim(list.substr(0, list.find(','))); }

// Whether it holds for one of the URLs by which the server is known.
template <class Holds>
bool AnyPublic(const OwnNames& names, Holds holds) {
  const auto holds_for = [&](const std::string& text) {
    const auto url = ParseUrl(text);
    return url && holds(*url);
  };
  return holds_for(names.public_url) ||
         std::ranges::any_of(names.vendor_urls,
                             [&](const auto& each) { return holds_for(each.second); });
}

std::string WithoutSlashAtEnd(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

// "https://a:1" of an URL; an origin has nothing else.
bool IsOrigin(std::string_view text, const Url& url) {
  return url.user.empty() && url.target.empty() && text == url.Origin();
}

}  // namespace

bool OwnNames::IsOwnHost(std::string_view authority) const {
  if (any_host || IsNamed(authority)) return true;
  const auto parsed = ParseAuthority(authority);
  return beyond_loopback && parsed &&
         (IsAddress(parsed->host) || IsBelowReservedName(parsed->host));
}

bool OwnNames::IsNamed(std::string_view authority) const {
  if (authority.empty() || IsPlainlyLocal(authority)) return true;
  const auto parsed = ParseAuthority(authority);
  if (!parsed) return false;
  const std::string_view host = parsed->host;
  if (IsThisMachine(host)) return true;
  if (host.find_first_of(".:") == std::string_view::npos && !IsDigits(host) &&
      !host.starts_with("0x")) {
    return true;
  }
  const auto is_host = [&](const std::string& each) { return EqualsIgnoringCase(each, host); };
  if (std::ranges::any_of(hosts, is_host)) return true;
  return AnyPublic(*this, [&](const Url& url) { return is_host(std::string(url.authority.host)); });
}

bool OwnNames::IsOwnOrigin(std::string_view origin, std::string_view host) const {
  const std::size_t colon = origin.find("://");
  const std::string_view scheme = origin.substr(0, colon);
  const bool may_be_own = scheme == "http" || (scheme == "https" && (speaks_tls || behind_proxy));
  if (may_be_own && origin.substr(colon + 3) == host) return true;
  return AnyPublic(*this, [&](const Url& url) { return EqualsIgnoringCase(url.Origin(), origin); });
}

std::string_view OwnNames::HostOf(const Request& request) const {
  if (behind_proxy) {
    const std::string_view host = FirstOf(request.headers.Get("X-Forwarded-Host"));
    if (!host.empty() && ParseAuthority(host)) return host;
  }
  return request.headers.Get("Host");
}

std::optional<std::string> OwnNames::PublicUrlOf(std::string_view vendor) const {
  const auto url = vendor_urls.find(vendor);
  if (url == vendor_urls.end()) return std::nullopt;
  return WithoutSlashAtEnd(url->second);
}

std::string OwnNames::BaseUrl(const Request& request) const {
  if (!public_url.empty()) return WithoutSlashAtEnd(public_url);
  std::string_view scheme = request.secure ? "https" : "http";
  if (behind_proxy) {
    const std::string_view said = FirstOf(request.headers.Get("X-Forwarded-Proto"));
    if (said == "http" || said == "https") scheme = said;
  }
  const std::string_view host = HostOf(request);
  return std::string(scheme) + "://" + std::string(host.empty() ? "localhost" : host);
}

bool OwnNames::IsWelcomeOrigin(std::string_view origin, std::string_view host) const {
  if (IsOwnOrigin(origin, host)) return true;
  if (std::ranges::find(origins, origin) != origins.end()) return true;
  const auto url = ParseUrl(origin);
  return url && IsOrigin(origin, *url) && IsThisMachine(url->authority.host);
}

bool IsAddress(std::string_view host) {
  in_addr address{};
  return host.starts_with('[') || inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

Site SiteOf(const Request& request) {
  const auto site = request.headers.Find("Sec-Fetch-Site");
  if (!site || *site == "none") return Site::kNone;
  if (*site == "same-origin") return Site::kSame;
  return *site == "same-site" ? Site::kNeighbour : Site::kCross;
}

}  // namespace mockduit
