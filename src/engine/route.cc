#include "engine/route.h"

#include <algorithm>

#include "engine/authenticate.h"
#include "engine/conditions.h"
#include "engine/problems.h"
#include "http/headers.h"

namespace mockduit {
namespace {

using Scheme = CredentialPlace::Scheme;

std::string_view NameOf(Scheme scheme) {
  switch (scheme) {
    case Scheme::kBearer: return "bearer";
    case Scheme::kRaw: return "raw";
    case Scheme::kBasic: return "basic";
    case Scheme::kOther: return "other";
    case Scheme::kHeader: return "header";
    case Scheme::kQuery: return "query";
    case Scheme::kCookie: return "cookie";
    case Scheme::kBody: return "body";
  }
  return "";
}

bool Shows(const Sent& sent, const Sign& sign) {
  switch (sign.in) {
    case Sign::In::kHeader: {
      const auto value = sent.request.headers.Find(sign.name);
      return value && sign.pattern->Matches(*value);
    }
    case Sign::In::kBody: return sent.body && sent.body->Find(sign.name) != nullptr;
    case Sign::In::kCredential:
      return std::ranges::any_of(sent.credentials, [&](const Credential& credential) {
        return NameOf(credential.scheme) == sign.name;
      });
  }
  return false;
}

// The editions that have the path and the method, else the path; all of the vendor's where none
// has.
std::vector<const Contract*> Candidates(const Route& route, const Vendor& vendor) {
  std::vector<const Contract*> candidates;
  for (const Route::Way& way : route.ways) candidates.push_back(way.operation->contract);
  for (const Operation* operation : route.beside) candidates.push_back(operation->contract);
  if (!candidates.empty()) return candidates;
  for (const auto& edition : vendor.editions) candidates.push_back(edition.get());
  return candidates;
}

// On a wrong method the answer says which there are (RFC 9110, section 15.5.6): in that edition.
Answer WithAllow(Answer answer, const Route& route, const Contract& contract) {
  auto* documented = std::get_if<DocumentedAnswer>(&answer);
  if (documented == nullptr) return answer;
  std::vector<std::string>& allowed = documented->allowed;
  for (const Operation* operation : route.beside) {
    if (operation->contract == &contract) allowed.push_back(operation->method);
  }
  if (contract.requests.allows_first && !allowed.empty()) allowed.resize(1);
  std::ranges::sort(allowed);
  allowed.erase(std::ranges::unique(allowed).begin(), allowed.end());
  return answer;
}

// What a vendor declines of such requests: the one that is meant, or any.
const Declined* FindDeclined(const Sent& sent, const Catalog& catalog) {
  for (const Vendor& vendor : catalog.vendors()) {
    if (sent.pinned_vendor != nullptr && sent.pinned_vendor != &vendor) continue;
    for (const auto& contract : vendor.editions) {
      if (const Declined* found = contract->FindDeclined(sent.request.method, sent.path)) {
        return found;
      }
    }
  }
  return nullptr;
}

const Vendor* VendorOf(const Sent& sent, const Route& route) {
  if (route.vendor != nullptr) return route.vendor;
  if (sent.pinned_vendor != nullptr) return sent.pinned_vendor;
  return ChooseVendor(sent, route.nearby);
}

// By a header or the body. A credential of one edition may be good in another, too.
bool ShowsEdition(const Sent& sent, const Contract& contract) {
  return std::ranges::any_of(contract.chosen_by, [&](const Sign& sign) {
    return sign.in != Sign::In::kCredential && Shows(sent, sign);
  });
}

}  // namespace

const Vendor* ChooseVendor(const Sent& sent, const std::vector<const Vendor*>& vendors) {
  for (const Vendor* vendor : vendors) {
    if (FindCredential(sent, *vendor->editions.front())) return vendor;
  }
  return vendors.empty() ? nullptr : vendors.front();
}

const Contract* FixedEdition(const Sent& sent, const Vendor& vendor, std::string_view pinned) {
  if (const Contract* by_name = vendor.FindEdition(pinned)) return by_name;
  const auto by_header = std::ranges::find_if(vendor.editions, [&](const auto& contract) {
    return std::ranges::any_of(contract->chosen_by, [&](const Sign& sign) {
      return sign.in == Sign::In::kHeader && Shows(sent, sign);
    });
  });
  return by_header != vendor.editions.end() ? by_header->get() : nullptr;
}

const Contract& ChooseEdition(const Sent& sent, const std::vector<const Contract*>& candidates) {
  for (const Sign::In in : {Sign::In::kBody, Sign::In::kCredential}) {
    for (const Contract* contract : candidates) {
      const bool chosen = std::ranges::any_of(contract->chosen_by, [&](const Sign& sign) {
        return sign.in == in && Shows(sent, sign);
      });
      if (chosen) return *contract;
    }
  }
  return *candidates.front();
}

Route RouteStep::Look(std::string_view method, const Sent& sent) const {
  Route route = router_.Find(method, sent.path, sent.pinned_vendor);
  const auto asks = [&](const Vendor& vendor) {
    return FindCredential(sent, *vendor.editions.front()).has_value();
  };
  if (sent.pinned_vendor != nullptr || route.vendor == nullptr || asks(*route.vendor)) return route;
  for (const Vendor& vendor : catalog_.vendors()) {
    if (&vendor == route.vendor || !asks(vendor)) continue;
    Route other = router_.Find(method, sent.path, &vendor);
    if (other.vendor != nullptr) return other;
  }
  return route;
}

bool RouteStep::AnswersAnyOrigin(const Sent& sent) const {
  const Route route = Look(sent.Method(), sent);
  return std::ranges::any_of(route.ways, [](const Route::Way& way) {
    const std::vector<HeaderRule>& headers = way.operation->outcomes().front().headers;
    return std::ranges::any_of(headers, [](const HeaderRule& header) {
      return EqualsIgnoringCase(header.name, "Access-Control-Allow-Origin");
    });
  });
}

const Vendor* RouteStep::FindVendor(const Sent& sent) const {
  return VendorOf(sent, Look(sent.Method(), sent));
}

std::expected<Target, Answer> RouteStep::Find(const Visit& visit) const {
  const Sent& sent = visit.sent;
  Route route = Look(sent.request.method, sent);
  if (route.ways.empty()) {
    if (const Declined* declined = FindDeclined(sent, catalog_)) {
      return std::unexpected(NotEmulated(sent, *declined));
    }
  }
  const Vendor* vendor = VendorOf(sent, route);
  if (vendor == nullptr) return std::unexpected(NoSuchOperation(sent, catalog_));
  const auto pinned = visit.editions.find(vendor->name);
  const Contract* fixed =
      FixedEdition(sent, *vendor, pinned != visit.editions.end() ? pinned->second : "");
  if (fixed != nullptr) {
    route = router_.FindIn(*vendor, *fixed, sent.request.method, sent.path);
  }
  if (fixed == nullptr) fixed = &ChooseEdition(sent, Candidates(route, *vendor));
  const Contract& contract = *fixed;
  for (const Route::Way& way : route.ways) {
    if (way.operation->contract != &contract) continue;
    return Target{*vendor,     contract,          *way.operation, std::move(route.path_values),
                  way.variant, sent.request.query};
  }
  const bool path_is_known = !route.beside.empty();
  Answer answer = AnswerCondition(contract, path_is_known ? "unknown_method" : "unknown_path");
  return std::unexpected(WithAllow(std::move(answer), route, contract));
}

std::vector<Target> RouteStep::FindOthers(const Visit& visit, const Target& target) const {
  const Vendor& vendor = target.vendor;
  std::vector<Target> others;
  if (visit.editions.contains(vendor.name) || ShowsEdition(visit.sent, target.contract))
    return others;
  const Route route = router_.Find(visit.sent.request.method, visit.sent.path, &vendor);
  for (const Route::Way& way : route.ways) {
    const Contract& contract = *way.operation->contract;
    if (&contract == &target.contract) continue;
    others.push_back({vendor, contract, *way.operation, route.path_values, way.variant,
                      visit.sent.request.query});
  }
  return others;
}

}  // namespace mockduit
