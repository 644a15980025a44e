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

// The first of `candidates` that is of the pinned edition, else the first that a presented
// credential chooses, else the first: the default edition comes first.
template <class Candidates, class ContractOf>
const auto& Choose(const Call& call, std::string_view pinned, const Candidates& candidates,
                   ContractOf contract_of) {
  for (const auto& candidate : candidates) {
    if (!pinned.empty() && contract_of(candidate).edition == pinned) return candidate;
  }
  for (const auto& candidate : candidates) {
    const auto& schemes = contract_of(candidate).chosen_by;
    const auto chosen = [&](const Credential& credential) {
      return std::ranges::find(schemes, NameOf(credential.scheme)) != schemes.end();
    };
    if (std::ranges::any_of(call.credentials, chosen)) return candidate;
  }
  return candidates.front();
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
  if (call.route.operations.empty()) return nullptr;
  return Choose(call, pinned, call.route.operations,
                [](const Operation* operation) -> const Contract& { return *operation->contract; });
}

const Contract& ChooseContract(const Call& call, std::string_view pinned) {
  return *Choose(call, pinned, call.vendor->editions,
                 [](const auto& contract) -> const Contract& { return *contract; });
}

}  // namespace mockduit
