#include "engine/sender.h"

#include <arpa/inet.h>
#include <algorithm>

#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

bool IsAddress(std::string_view host) {
  in_addr address{};
  return host.starts_with('[') || inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

// Where a page came from that sent no Origin: "http://localhost:3000".
std::string RefererOrigin(const Request& request) {
  const auto url = ParseUrl(request.headers.Get("Referer"));
  return url ? url->Origin() : "";
}

}  // namespace

SenderStep::SenderStep(OwnNames names, const Catalog& catalog, const RouteStep& router)
    : names_(std::move(names)), router_(router) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      vendor_hosts_.insert(vendor_hosts_.end(), contract->hosts.begin(), contract->hosts.end());
    }
  }
}

// An address cannot be pointed elsewhere, and nobody can have a name below these (RFC 6761, and
// ICANN's decision of 2024 on "internal").
bool SenderStep::IsVendorsHost(std::string_view authority) const {
  const auto parsed = ParseAuthority(authority);
  if (!parsed) return false;
  const std::string host = LowerCase(parsed->host);
  return IsAddress(host) || host.ends_with(".test") || host.ends_with(".internal") ||
         std::ranges::find(vendor_hosts_, host) != vendor_hosts_.end();
}

std::optional<Response> SenderStep::Refuse(const Sent& sent) const {
  const std::string_view host = sent.request.headers.Get("Host");
  if (!names_.IsOwnHost(host) && !IsVendorsHost(host)) {
    return ProblemAnswer(ProblemId::kForeignHost,
                         "the server does not answer by the name '" + std::string(host) +
                             "'; call it localhost or by a vendor's own name, or start it with "
                             "--allow-host or --public-url");
  }
  return RefusePage(sent);
}

std::optional<Response> SenderStep::RefusePage(const Sent& sent) const {
  const Request& request = sent.request;
  const Site site = SiteOf(request);
  const std::string* origin = request.headers.Find("Origin");
  if (origin == nullptr && (site == Site::kNone || site == Site::kSame)) return std::nullopt;
  const std::string from = origin != nullptr ? *origin : RefererOrigin(request);
  if (names_.IsWelcomeOrigin(from, request.headers.Get("Host"))) return std::nullopt;
  // The vendor answers pages of any origin; but an image or a form asks nobody.
  const std::string_view mode = request.headers.Get("Sec-Fetch-Mode");
  const bool asks = origin != nullptr && (mode.empty() || mode == "cors");
  if (asks && router_.AnswersAnyOrigin(sent)) return std::nullopt;
  return ProblemAnswer(ProblemId::kForeignOrigin,
                       "a page of " + (from.empty() ? "another origin" : from) +
                           " sent this; where it may, start the server with --allow-origin " +
                           (from.empty() ? "ORIGIN" : from));
}

}  // namespace mockduit
