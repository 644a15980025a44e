#include "engine/authenticate.h"

#include <vector>

#include "http/uri.h"

namespace mockduit {
namespace {

std::optional<std::string> TextOf(const Json* value) {
  if (value == nullptr || !value->IsString()) return std::nullopt;
  return *value->IfString();
}

// The parameter of that name; of "json.key", the member `key` of the parameter `json`.
std::optional<std::string> ValueInQuery(std::string_view query, std::string_view name) {
  if (auto value = QueryValue(query, name)) return value;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto json = Json::Parse(QueryValue(query, name.substr(0, dot)).value_or(""));
  return json ? TextOf(json->AtPath(name.substr(dot + 1))) : std::nullopt;
}

// The same of the fields of a body, of which `json` may be text or JSON.
std::optional<std::string> ValueInBody(const Json& body, std::string_view name) {
  if (const Json* value = body.Find(name)) return TextOf(value);
  const std::size_t dot = name.find('.');
  const Json* field = dot != std::string_view::npos ? body.Find(name.substr(0, dot)) : nullptr;
  if (field == nullptr) return std::nullopt;
  const auto json = field->IsString() ? Json::Parse(*field->IfString()) : *field;
  return json ? TextOf(json->AtPath(name.substr(dot + 1))) : std::nullopt;
}

std::optional<Credential> FindIn(const Sent& sent, const CredentialPlace& place) {
  if (place.scheme == CredentialPlace::Scheme::kQuery) {
    auto value = ValueInQuery(sent.request.query, place.field);
    if (!value) return std::nullopt;
    return Credential{place.scheme, place.field, *std::move(value), ""};
  }
  if (place.scheme == CredentialPlace::Scheme::kCookie) {
    const auto value = CookieValue(sent.request.headers.Get("Cookie"), place.field);
    if (!value) return std::nullopt;
    return Credential{place.scheme, place.field, std::string(*value), ""};
  }
  if (place.scheme == CredentialPlace::Scheme::kBody) {
    auto value = sent.body ? ValueInBody(*sent.body, place.field) : std::nullopt;
    if (!value) return std::nullopt;
    return Credential{place.scheme, place.field, *std::move(value), ""};
  }
  for (const Credential& credential : sent.credentials) {
    if (credential.scheme != place.scheme || credential.field != place.field) continue;
    if (place.needs_password && credential.password.empty()) continue;
    return credential;
  }
  return std::nullopt;
}

// The first way that the request takes; each place of it has a credential then.
std::vector<Credential> FindWay(const Sent& sent, const std::vector<CredentialWay>& ways) {
  for (const CredentialWay& way : ways) {
    std::vector<Credential> found;
    for (const CredentialPlace& place : way) {
      auto credential = FindIn(sent, place);
      if (credential && !credential->value.empty()) found.push_back(*std::move(credential));
    }
    if (found.size() == way.size()) return found;
  }
  return {};
}

std::string_view RefusalByWays(const Call& call, const std::vector<CredentialWay>& ways) {
  if (ways.empty()) return "";
  const std::vector<Credential> found = FindWay(call.visit.sent, ways);
  if (found.empty()) return "no_credential";
  for (const Credential& credential : found) {
    const std::string_view refusal = call.target.vendor.keys.RefusalOf(credential.value);
    if (!refusal.empty()) return refusal;
  }
  return "";
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
  if (const auto& ways = call.operation().credentials()) return RefusalByWays(call, *ways);
  if (call.target.contract.credentials.empty()) return "";
  const auto credential = FindCredential(call.visit.sent, call.target.contract);
  if (!credential) return "no_credential";
  return call.target.vendor.keys.RefusalOf(credential->value);
}

}  // namespace mockduit
