#include "engine/forward.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {

bool IsKnownHost(const OwnNames& names, const Catalog& catalog, std::string_view authority) {
  if (names.IsOwnHost(authority)) return true;
  const auto parsed = ParseAuthority(authority);
  if (!parsed) return false;
  const std::string host = LowerCase(parsed->host);
  return IsAddress(host) || host.ends_with(".test") || host.ends_with(".internal") ||
         catalog.FindVendorOfHost(host) != nullptr;
}

bool EndsHere(const OwnNames& names, const Catalog& catalog, std::string_view authority,
              bool intercepts) {
  const std::string_view host = ParseAuthority(authority).value_or(Authority{}).host;
  if (catalog.FindVendorOfHost(host) != nullptr) return true;
  if (!intercepts) return names.IsNamed(authority) || LowerCase(host).ends_with(".test");
  const auto is_host = [&](const std::string& each) { return EqualsIgnoringCase(each, host); };
  const bool may_be_anybodys = !host.empty() && !IsLoopback(host) && !host.contains('.') &&
                               std::ranges::none_of(names.hosts, is_host);
  return !may_be_anybodys && names.IsNamed(authority);
}

Response RefuseToForward(const Catalog& catalog, std::string_view host) {
  return ProblemAnswer(ProblemId::kNoNetwork,
                       "nothing is forwarded to '" + std::string(host) +
                           "': through this proxy only the vendors' own hosts are reached, and "
                           "they end here: " +
                           Join(catalog.Hosts()));
}

}  // namespace mockduit
