#include "http/own_names.h"

#include <algorithm>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Browsers take every name below "localhost" for this machine (RFC 6761, section 6.3).
bool IsThisMachine(std::string_view host) {
  return IsLoopback(host) || LowerCase(host).ends_with(".localhost");
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

// "https://a:1" of an URL; an origin has nothing else.
bool IsOrigin(std::string_view text, const Url& url) {
  return url.user.empty() && url.target.empty() && text == url.Origin();
}

}  // namespace

bool OwnNames::IsOwnHost(std::string_view authority) const {
  if (authority.empty() || any_host || IsPlainlyLocal(authority)) return true;
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
  const auto url = ParseUrl(public_url);
  return url && is_host(std::string(url->authority.host));
}

bool OwnNames::IsOwnOrigin(std::string_view origin, std::string_view host) const {
  if (origin == "http://" + std::string(host)) return true;
  const auto url = ParseUrl(public_url);
  return url && EqualsIgnoringCase(url->Origin(), origin);
}

bool OwnNames::IsWelcomeOrigin(std::string_view origin, std::string_view host) const {
  if (IsOwnOrigin(origin, host)) return true;
  if (std::ranges::find(origins, origin) != origins.end()) return true;
  const auto url = ParseUrl(origin);
  return url && IsOrigin(origin, *url) && IsThisMachine(url->authority.host);
}

Site SiteOf(const Request& request) {
  const std::string* site = request.headers.Find("Sec-Fetch-Site");
  if (site == nullptr || *site == "none") return Site::kNone;
  if (*site == "same-origin") return Site::kSame;
  return *site == "same-site" ? Site::kNeighbour : Site::kCross;
}

}  // namespace mockduit
