#include "engine/forward.h"

#include <arpa/inet.h>

#include <string>

#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

bool IsAddress(std::string_view host) {
  in_addr address{};
  return host.starts_with('[') || inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

}  // namespace

bool IsKnownHost(const OwnNames& names, const Catalog& catalog, std::string_view authority) {
  if (names.IsOwnHost(authority)) return true;
  const auto parsed = ParseAuthority(authority);
  if (!parsed) return false;
  const std::string host = LowerCase(parsed->host);
  return IsAddress(host) || host.ends_with(".test") || host.ends_with(".internal") ||
         catalog.FindVendorOfHost(host) != nullptr;
}

Response RefuseToForward(const Catalog& catalog, std::string_view host) {
  return ProblemAnswer(ProblemId::kNoNetwork,
                       "nothing is forwarded to '" + std::string(host) +
                           "': through this proxy only the vendors' own hosts are reached, and "
                           "they end here: " +
                           Join(catalog.Hosts()));
}

}  // namespace mockduit
