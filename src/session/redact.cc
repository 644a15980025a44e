#include "session/redact.h"

#include <algorithm>

#include "base/pattern.h"
#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Words that tell of a secret. One expression for all of them is met in one look at the text.
constexpr std::string_view kSecretWords =
    "(?i)pass(word|wd|[-_]?phrase)|secret|token|api[-_]?key|auth[-_]field|(private|access)[-_]key|"
    "credentials|connection[-_]string";
// A quick look at a body spares most of them the walk; an escape may hide a name from it.
constexpr std::string_view kOtherSigns = R"(|"auth"|"connect_card"|\\u)";

// A shorter credential may stand in a URL by chance.
constexpr std::size_t kTellingCredential = 12;

Pattern Compiled(const std::string& regex) { return std::move(*Pattern::Compile(regex)); }

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
    const bool flag = value == "true" || value == "false";  // ?show_auth_fields=true
    if (!value.empty() && !flag && NamesSecret(PercentDecode(name))) {
      redacted += std::string(name) + "=" + std::string(kRedacted);
    } else {
      redacted += pair;
    }
  }
  return redacted;
}

bool MayHoldSecret(std::string_view text) {
  static const Pattern kSigns = Compiled(std::string(kSecretWords) + std::string(kOtherSigns));
  return kSigns.Matches(text);
}

// The credential in a header's value, without its scheme and its selector.
std::string_view CredentialIn(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space != std::string_view::npos) value.remove_prefix(space + 1);
  return value.substr(0, value.find_first_of("~@"));
}

// From a URL that repeats what a header has.
void TakeOut(std::string_view credential, std::string& url) {
  if (credential.size() < kTellingCredential) return;
  for (std::size_t at = url.find(credential); at != std::string::npos; at = url.find(credential)) {
    url.replace(at, credential.size(), kRedacted);
  }
}

}  // namespace

bool NamesSecret(std::string_view name) {
  static const Pattern kWords = Compiled(std::string(kSecretWords));
  return kWords.Matches(name);
}

void Redact(Request& request, const Json* body) {
  for (Headers::Field& field : request.headers.fields()) {
    const bool credential = IsCredential(field.first);
    if (!credential && !NamesSecret(field.first) && !EqualsIgnoringCase(field.first, "Cookie")) {
      continue;
    }
    TakeOut(CredentialIn(field.second), request.path);
    TakeOut(CredentialIn(field.second), request.query);
    field.second = credential ? RedactedCredential(field.second) : std::string(kRedacted);
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
