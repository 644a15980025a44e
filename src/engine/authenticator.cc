#include "engine/authenticator.h"

#include <algorithm>

namespace mockduit {
namespace {

using Scheme = CredentialPlace::Scheme;

std::string_view NameOf(Scheme scheme) {
  switch (scheme) {
    case Scheme::kBearer: return "bearer";
    case Scheme::kRaw: return "raw";
    case Scheme::kBasic: return "basic";
    case Scheme::kHeader: return "header";
    case Scheme::kBody: return "body";
  }
  return "";
}

std::optional<Credential> FindIn(const Call& call, const CredentialPlace& place) {
  if (place.scheme == Scheme::kBody) {
    const Json* value = call.body ? call.body->Find(place.field) : nullptr;
    if (value == nullptr || !value->IsString()) return std::nullopt;
    return Credential{Scheme::kBody, place.field, *value->IfString(), ""};
  }
  for (const Credential& credential : call.credentials) {
    if (credential.scheme == place.scheme && credential.field == place.field) return credential;
  }
  return std::nullopt;
}

bool Shows(const Call& call, const Sign& sign) {
  switch (sign.in) {
    case Sign::In::kHeader: {
      const std::string* value = call.request.headers.Find(sign.name);
      return value != nullptr && sign.pattern->Matches(*value);
    }
    case Sign::In::kBody: return call.body && call.body->Find(sign.name) != nullptr;
    case Sign::In::kCredential:
      return std::ranges::any_of(call.credentials, [&](const Credential& credential) {
        return NameOf(credential.scheme) == sign.name;
      });
  }
  return false;
}

}  // namespace

std::optional<Credential> FindCredential(const Call& call, const Contract& contract) {
  for (const CredentialPlace& place : contract.credentials) {
    auto credential = FindIn(call, place);
    if (credential && !credential->value.empty()) return credential;
  }
  return std::nullopt;
}

std::string_view JudgeCredential(const Call& call) {
  if (call.contract->credentials.empty()) return "";
  const auto credential = FindCredential(call, *call.contract);
  if (!credential) return "no_credential";
  return call.vendor->keys.RefusalOf(credential->value);
}

const Vendor* ChooseVendor(const Call& call, const std::vector<const Vendor*>& vendors) {
  for (const Vendor* vendor : vendors) {
    if (FindCredential(call, *vendor->editions.front())) return vendor;
  }
  return vendors.empty() ? nullptr : vendors.front();
}

const Contract& ChooseEdition(const Call& call, std::string_view pinned,
                              const std::vector<const Contract*>& candidates) {
  const Contract* by_name = call.vendor->FindEdition(pinned);
  if (by_name != nullptr) return *by_name;
  for (const Sign::In in : {Sign::In::kHeader, Sign::In::kBody, Sign::In::kCredential}) {
    for (const Contract* contract : candidates) {
      const bool chosen = std::ranges::any_of(contract->chosen_by, [&](const Sign& sign) {
        return sign.in == in && Shows(call, sign);
      });
      if (chosen) return *contract;
    }
  }
  return *candidates.front();
}

}  // namespace mockduit
