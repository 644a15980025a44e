#include "session/redact.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr std::array<std::string_view, 13> kSecretWords = {
    "password",   "passwd",      "pass_phrase",      "passphrase", "secret",
    "token",      "api_key",     "apikey",           "auth_field", "private_key",
    "access_key", "credentials", "connection_string"};

bool IsMask(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

// True when something had to be taken out.
bool RedactBody(Json& value, bool below_secret) {
  if (Json::Object* members = value.IfObject()) {
    bool changed = false;
    for (JsonMember& member : *members) {
      const bool secret = below_secret || member.key == "auth" || member.key == "connect_card" ||
                          NamesSecret(member.key);
      changed = RedactBody(member.value, secret) || changed;
    }
    return changed;
  }
  if (Json::Array* items = value.IfArray()) {
    bool changed = false;
    for (Json& item : *items) changed = RedactBody(item, below_secret) || changed;
    return changed;
  }
  if (!below_secret || value.IsNull() || IsMask(value.AsString())) return false;
  value = kRedacted;
  return true;
}

// "Bearer [redacted]": the scheme says what was sent without saying it.
std::string RedactedCredential(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos) return std::string(kRedacted);
  return std::string(value.substr(0, space + 1)) + std::string(kRedacted);
}

bool IsCredential(std::string_view name) {
  return EqualsIgnoringCase(name, "Authorization") ||
         EqualsIgnoringCase(name, "Proxy-Authorization");
}

std::string RedactedQuery(std::string_view query) {
  std::string redacted;
  while (!query.empty()) {
    const std::string_view pair = TakeUntil(query, "&");
    std::string_view value = pair;
    const std::string_view name = TakeUntil(value, "=");
    if (!redacted.empty()) redacted += '&';
    if (!value.empty() && NamesSecret(PercentDecode(name))) {
      redacted += std::string(name) + "=" + std::string(kRedacted);
    } else {
      redacted += pair;
    }
  }
  return redacted;
}

// A quick look spares most bodies the walk; an escape may hide a name from it.
bool MayHoldSecret(std::string_view text) {
  return NamesSecret(text) || text.contains("\"auth\"") || text.contains("\"connect_card\"") ||
         text.contains("\\u");
}

}  // namespace

bool NamesSecret(std::string_view name) {
  std::string lower = LowerCase(name);
  std::ranges::replace(lower, '-', '_');
  return std::ranges::any_of(
      kSecretWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void Redact(Request& request, const Json* body) {
  for (Headers::Field& field : request.headers.fields()) {
    if (IsCredential(field.first)) {
      field.second = RedactedCredential(field.second);
    } else if (NamesSecret(field.first) || EqualsIgnoringCase(field.first, "Cookie")) {
      field.second = kRedacted;
    }
  }
  if (!request.query.empty()) request.query = RedactedQuery(request.query);
  if (request.body.empty()) return;
  if (body != nullptr) {
    if (!MayHoldSecret(request.body)) return;
    Json redacted = *body;
    if (RedactBody(redacted, false)) request.body = redacted.Dump();
    return;
  }
  if (MayHoldSecret(request.body)) {
    request.body = "[redacted: " + std::to_string(request.body.size()) +
                   " bytes that are no JSON and name a secret]";
  }
}

std::optional<std::string> WithoutSecrets(const std::string& body) {
  if (!MayHoldSecret(body)) return std::nullopt;
  auto json = Json::Parse(body);
  if (!json || !RedactBody(*json, false)) return std::nullopt;
  return json->Dump();
}

}  // namespace mockduit
