#include "session/redact.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Words that tell of a secret; '_' may be '-' in what is looked at, and letters large.
constexpr std::array<std::string_view, 13> kSecretWords = {
    "password",   "passwd",      "pass_phrase",      "passphrase", "secret",
    "token",      "api_key",     "apikey",           "auth_field", "private_key",
    "access_key", "credentials", "connection_string"};
// A quick look at a body spares most of them the walk; an escape may hide a name from it.
constexpr std::array<std::string_view, 3> kOtherSigns = {"\"auth\"", "\"connect_card\"", "\\u"};

constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Looks for several words in one pass. Every request goes through it several times, on all threads,
// which a regular expression with its shared cache would slow down.
template <std::size_t kSize>
class WordFinder {
 public:
  constexpr explicit WordFinder(const std::array<std::string_view, kSize>& words) : words_(words) {
    for (const std::string_view word : words_) begins_[Index(word.front())] = true;
  }

  bool IsIn(std::string_view text) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (begins_[Index(Lower(text[i]))] && IsAt(text.substr(i))) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t Index(char c) { return static_cast<unsigned char>(c); }

  bool IsAt(std::string_view text) const {
    return std::ranges::any_of(words_, [&](std::string_view word) {
      return text.size() >= word.size() &&
             std::equal(word.begin(), word.end(), text.begin(), [](char wanted, char c) {
               return wanted == Lower(c) || (wanted == '_' && c == '-');
             });
    });
  }

  std::array<std::string_view, kSize> words_;
  std::array<bool, 256> begins_{};
};

constexpr WordFinder kSecrets(kSecretWords);
constexpr WordFinder kSigns(kOtherSigns);

// A shorter credential may stand in a URL by chance.
constexpr std::size_t kTellingCredential = 12;

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
    const auto [pair, name, value] = TakeParameter(query);
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

bool MayHoldSecret(std::string_view text) { return kSecrets.IsIn(text) || kSigns.IsIn(text); }

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

bool NamesSecret(std::string_view name) { return kSecrets.IsIn(name); }

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
