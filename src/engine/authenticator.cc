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
  return call.vendor->keys.Judge(credential->value);
}

const Operation* ChooseEdition(const Call& call, std::string_view pinned) {
  const auto& operations = call.route.operations;
  if (operations.empty()) return nullptr;
  for (const Operation* operation : operations) {
    if (!pinned.empty() && operation->contract->edition == pinned) return operation;
  }
  for (const Operation* operation : operations) {
    const auto& schemes = operation->contract->chosen_by;
    const auto chosen = [&](const Credential& credential) {
      return std::ranges::find(schemes, NameOf(credential.scheme)) != schemes.end();
    };
    if (std::ranges::any_of(call.credentials, chosen)) return operation;
  }
  return operations.front();  // the default edition comes first
}

}  // namespace mockduit
