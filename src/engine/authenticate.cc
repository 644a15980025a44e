#include "engine/authenticate.h"

namespace mockduit {
namespace {

std::optional<Credential> FindIn(const Sent& sent, const CredentialPlace& place) {
  if (place.scheme == CredentialPlace::Scheme::kBody) {
    const Json* value = sent.body ? sent.body->Find(place.field) : nullptr;
    if (value == nullptr || !value->IsString()) return std::nullopt;
    return Credential{place.scheme, place.field, *value->IfString(), ""};
  }
  for (const Credential& credential : sent.credentials) {
    if (credential.scheme == place.scheme && credential.field == place.field) return credential;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Credential> FindCredential(const Sent& sent, const Contract& contract) {
  for (const CredentialPlace& place : contract.credentials) {
    auto credential = FindIn(sent, place);
    if (credential && !credential->value.empty()) return credential;
  }
  return std::nullopt;
}

std::string_view Authenticate(const Call& call) {
  if (call.target.contract.credentials.empty()) return "";
  const auto credential = FindCredential(call.visit.sent, call.target.contract);
  if (!credential) return "no_credential";
  return call.target.vendor.keys.RefusalOf(credential->value);
}

}  // namespace mockduit
