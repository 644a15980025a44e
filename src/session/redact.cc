#include "session/redact.h"

#include <algorithm>
#include <functional>
#include <unordered_set>
#include <utility>

#include "base/percent.h"
#include "base/text.h"
#include "http/uri.h"
#include "session/redact_json.h"
#include "session/secret_finder.h"

namespace mockduit {
namespace {

// Credentials shorter than this may occur in a URL by chance, so they are not looked for there.
constexpr std::size_t kTellingCredential = 12;

// Gives "Bearer [redacted]": the scheme is kept, since it is no secret.
std::string RedactedCredential(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space == std::string_view::npos) return std::string(kRedacted);
  return std::string(value.substr(0, space + 1)) + std::string(kRedacted);
}

bool IsCredential(std::string_view name) {
  return EqualsIgnoringCase(name, "Authorization") ||
         EqualsIgnoringCase(name, "Proxy-Authorization");
}

// Whatever the header's name is: "Bearer S", "Basic S".
bool IsCredentialValue(std::string_view value) {
  const std::string_view scheme = TakeUntil(value, " ");
  if (!EqualsIgnoringCase(scheme, "Bearer") && !EqualsIgnoringCase(scheme, "Basic")) return false;
  value = value.substr(0, value.find_last_not_of('=') + 1);
  return !value.empty() && value.find_first_of(" \t,;=\"'") == std::string_view::npos;
}

// Gives the credential in a header's value, without its scheme and without a selector.
std::string_view CredentialIn(std::string_view value) {
  const std::size_t space = value.find(' ');
  if (space != std::string_view::npos) value.remove_prefix(space + 1);
  return value.substr(0, value.find_first_of("~@"));
}

// Redacts a credential that `text` repeats. Returns false when the text does not contain it.
bool TakeOut(std::string_view credential, std::string& text) {
  bool found = false;
  if (credential.size() < kTellingCredential) return found;
  for (std::size_t at = text.find(credential); at != std::string::npos;
       at = text.find(credential)) {
    text.replace(at, credential.size(), kRedacted);
    found = true;
  }
  return found;
}

// The lines of headers that a thread has found to hold no secret: a client sends most of its fields
// with every request, and to look at them again took a tenth of a request's time.
class PlainLines {
 public:
  // `names` is the number of those by which is asked; others may find more.
  bool Has(std::uint64_t names, std::string_view line) {
    if (names != names_) lines_.clear();
    names_ = names;
    return lines_.contains(line);
  }
  void Add(std::string_view line) {
    if (line.size() > kMaxSize) return;
    if (lines_.size() == kMaxLines) lines_.clear();
    lines_.emplace(line);
  }

 private:
  static constexpr std::size_t kMaxLines = 256;
  static constexpr std::size_t kMaxSize = 256;  // bytes

  struct Hash {
    using is_transparent = void;
    // Of the end alone, which hardly two lines of a length share.
    std::size_t operator()(std::string_view line) const {
      const std::string_view end = line.substr(std::max<std::size_t>(line.size(), 16) - 16);
      return line.size() * 31 + std::hash<std::string_view>()(end);
    }
  };

  std::uint64_t names_ = 0;
  std::unordered_set<std::string, Hash, std::equal_to<>> lines_;
};

thread_local PlainLines plain_lines;

}  // namespace

std::string WithoutUsers(std::string_view text) {
  std::vector<TextSpan> users;
  FindUsers(text, users);
  return Replaced(text, users, kRedacted);
}

std::string Redactor::RedactText(std::string_view text) const {
  return Replaced(text, SecretFinder(names_, true).Find(text), kRedacted);
}

std::string Redactor::RedactParameter(std::string_view text) const {
  std::string_view rest = text;
  const auto [pair, name, value] = TakeParameter(rest);
  if (!value.empty() && !IsFlag(value) && IsSecretField(PercentDecode(name))) {
    return std::string(name) + "=" + std::string(kRedacted);
  }
  if (!names_.MayStandIn(text)) return std::string(text);
  const std::string decoded = DecodeQueryPart(value);
  if (decoded.starts_with('{') || decoded.starts_with('[')) {
    if (const auto json = RedactString(names_, decoded)) {
      return std::string(name) + "=" + PercentEncode(*json);
    }
  }
  return RedactSecrets(names_, text).value_or(std::string(text));
}

std::string Redactor::RedactQuery(std::string_view query) const {
  std::string redacted;
  while (!query.empty()) {
    if (!redacted.empty()) redacted += '&';
    redacted += RedactParameter(TakeParameter(query).text);
  }
  return redacted;
}

// Of the field at `index`.
void Redactor::RedactHeader(std::size_t index, Request& request,
                            std::vector<std::string>& credentials) const {
  const std::string_view line = request.headers.LineAt(index);
  if (plain_lines.Has(names_.number(), line)) return;
  const auto [name, value] = request.headers.fields()[index];
  const bool credential = IsCredential(name) || IsCredentialValue(value);
  if (credential || names_.IsHeader(name)) {
    for (const std::string_view sent : {value.substr(value.find(' ') + 1), CredentialIn(value)}) {
      TakeOut(sent, request.path);
      TakeOut(sent, request.query);
      if (sent.size() >= kTellingCredential) credentials.emplace_back(sent);
    }
    const std::string redacted = credential ? RedactedCredential(value) : std::string(kRedacted);
    request.headers.SetValueAt(index, redacted);
  } else if (names_.MayStandIn(value)) {
    if (const auto text = RedactString(names_, value)) request.headers.SetValueAt(index, *text);
  } else {
    plain_lines.Add(line);
  }
}

// The last name in brackets is the member that the value is of: "auth[api_key]=x".
bool Redactor::IsSecretField(std::string_view name) const {
  if (names_.IsParameter(name)) return true;
  const std::size_t open = name.rfind('[');
  return name.ends_with(']') && open != std::string_view::npos &&
         names_.IsParameter(name.substr(open + 1, name.size() - open - 2));
}

std::vector<std::string> Redactor::Redact(Request& request, const Json* body, BodyKind kind) const {
  std::vector<std::string> credentials;
  for (std::size_t i = 0; i < request.headers.fields().size(); ++i) {
    RedactHeader(i, request, credentials);
  }
  if (!request.query.empty()) request.query = RedactQuery(request.query);
  if (request.body.empty()) return credentials;
  if (!names_.MayStandIn(request.body)) return credentials;
  if (kind == BodyKind::kForm) {
    request.body = RedactQuery(request.body);
    return credentials;
  }
  if (auto redacted = RedactBody(request.body, kind == BodyKind::kJson ? body : nullptr, kind)) {
    request.body = std::move(*redacted);
  }
  return credentials;
}

// Of a request, which has no form. What was read as text may be JSON all the same; what was read as
// JSON may be written as the walk does not know it, as in UTF-16.
std::optional<std::string> Redactor::RedactBody(std::string_view text, const Json* body,
                                                BodyKind kind) const {
  if (body != nullptr || kind == BodyKind::kText) {
    RedactedJson redacted = RedactJson(names_, text);
    if (!redacted.is_json && body != nullptr) redacted = RedactJson(names_, body->Dump());
    if (redacted.is_json) return std::move(redacted.text);
  }
  if (names_.MayBeNamedIn(text)) {
    return "[redacted: " + std::to_string(text.size()) +
           " bytes that are no JSON and name a secret]";
  }
  return RedactSecrets(names_, text);
}

std::optional<std::string> Redactor::WithoutSecrets(
    const std::string& body, std::span<const std::string> credentials) const {
  std::optional<std::string> redacted;
  if (names_.MayStandIn(body)) {
    RedactedJson json = RedactJson(names_, body);
    redacted = json.is_json ? std::move(json.text) : RedactSecrets(names_, body);
  }
  for (const std::string& credential : credentials) {
    std::string text = redacted ? *redacted : body;
    if (TakeOut(credential, text)) redacted = std::move(text);
  }
  return redacted;
}

std::optional<Headers> Redactor::WithoutSecrets(const Headers& answer,
                                                std::span<const std::string> credentials) const {
  std::optional<Headers> redacted;
  const auto put = [&](std::size_t index, std::string_view value) {
    if (!redacted) redacted = answer;
    redacted->SetValueAt(index, value);
  };
  for (std::size_t i = 0; i < answer.fields().size(); ++i) {
    const auto [name, value] = answer.fields()[i];
    if (!plain_lines.Has(names_.number(), name)) {  // a name alone is no line
      const bool is_secret = IsCredential(name) || names_.IsHeader(name);
      if (is_secret && !IsFlag(value)) put(i, kRedacted);
      if (is_secret) continue;
      plain_lines.Add(name);
    }
    if (IsDigits(value)) continue;
    const auto repeats = [&](const std::string& one) { return value.contains(one); };
    if (std::ranges::none_of(credentials, repeats)) {
      const std::string_view line = answer.LineAt(i);
      if (plain_lines.Has(names_.number(), line)) continue;
      if (!names_.MayStandIn(value)) {
        constexpr std::size_t kShort = 64;  // longer ones, such as a Location, seldom come again
        if (line.size() <= kShort) plain_lines.Add(line);
        continue;
      }
    }
    std::string text(value);
    for (const std::string& credential : credentials) TakeOut(credential, text);
    put(i, RedactSecrets(names_, text).value_or(text));
  }
  return redacted;
}

}  // namespace mockduit
