#include "session/redact.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Credentials shorter than this may occur in a URL by chance, so they are not looked for there.
constexpr std::size_t kTellingCredential = 12;
// How many times a string of JSON may contain JSON that is itself redacted.
constexpr int kMaxDepth = 4;

// The members that name a secret, and those that hold it, in pairs: {name: password, value: S}.
constexpr std::array<std::string_view, 9> kPairNames = {
    "name", "key", "field", "id", "param", "parameter", "property", "header", "variable"};
constexpr std::array<std::string_view, 6> kPairValues = {"value",   "val",     "values",
                                                         "content", "default", "data"};

bool IsOneOf(std::span<const std::string_view> words, std::string_view name) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return EqualsIgnoringCase(word, name); });
}

bool IsMask(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

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

// Flags are no secrets, whatever their parameter is called: ?show_auth_fields=true.
bool IsFlag(std::string_view value) { return value == "true" || value == "false"; }

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

}  // namespace

struct Redactor::Place {
  bool secret = false;                        // all values below are secrets
  const SecretNames::Names* under = nullptr;  // further names that are secrets here
  int depth = 0;                              // how many strings of JSON contain the value
};

std::string WithoutUsers(std::string_view text) {
  std::string redacted;
  while (true) {
    const std::size_t scheme = text.find("//");
    if (scheme == std::string_view::npos) return redacted.append(text);
    const std::size_t start = scheme + 2;
    redacted += text.substr(0, start);
    text.remove_prefix(start);
    const std::string_view place = text.substr(0, text.find_first_of("/?#\"'<> \\"));
    const std::size_t at = place.rfind('@');
    if (at == std::string_view::npos) continue;
    redacted += kRedacted;
    text.remove_prefix(at);
  }
}

std::string Redactor::RedactAssignments(std::string_view text, bool colons) const {
  std::string redacted;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t start = i;
    while (i < text.size() && IsNameByte(text[i])) ++i;
    const std::string_view name = text.substr(start, i - start);
    if (name.empty()) {
      redacted += text[i++];
      continue;
    }
    redacted += name;
    std::size_t value = i;
    bool assigned = value < text.size() && text[value] == '=';
    if (assigned) ++value;
    if (!assigned && colons) {
      value = std::min(text.find_first_not_of("\"' \\", i), text.size());
      assigned = value < text.size() && (text[value] == ':' || text[value] == '=');
      if (assigned) value = std::min(text.find_first_not_of("\"' \\", value + 1), text.size());
    }
    // Some names are secrets only as parameters of a URL: "code=".
    const bool in_url = start > 0 && (text[start - 1] == '?' || text[start - 1] == '&');
    const bool secret = names_.HasPart(name) || ((in_url || colons) && names_.IsParameter(name));
    const bool scheme =
        colons && (EqualsIgnoringCase(name, "Bearer") || EqualsIgnoringCase(name, "Basic") ||
                   EqualsIgnoringCase(name, "Authorization"));
    if (scheme && !assigned) {
      value = std::min(text.find_first_not_of(" :", i), text.size());
      assigned = value > i && value < text.size();
    }
    if (!assigned || (!secret && !scheme)) continue;
    std::size_t end = std::min(text.find_first_of("&;,\"' \t\r\n<>}\\", value), text.size());
    const std::string_view word = text.substr(value, end - value);
    if (EqualsIgnoringCase(word, "Bearer") || EqualsIgnoringCase(word, "Basic")) {
      redacted += text.substr(i, value - i);
      i = value;
      continue;
    }
    if (word.empty() || IsFlag(word) || IsMask(word)) continue;
    redacted += text.substr(i, value - i);
    redacted += kRedacted;
    i = end;
  }
  return redacted;
}

std::string Redactor::RedactText(std::string_view text) const {
  return RedactAssignments(WithoutUsers(text), true);
}

// Returns true when it redacted something.
bool Redactor::RedactValue(Json& value, const Place& place) const {
  if (Json::Object* members = value.IfObject()) return RedactObject(*members, place);
  if (Json::Array* items = value.IfArray()) return RedactArray(*items, place);
  if (place.secret) {
    if (value.IsNull() || IsMask(value.AsString())) return false;
    value = kRedacted;
    return true;
  }
  return value.IsString() && RedactString(value, place);
}

bool Redactor::RedactObject(Json::Object& members, const Place& place) const {
  // True of {name: password, value: S}.
  const bool pair = std::ranges::any_of(members, [&](const JsonMember& member) {
    return member.value.IsString() && IsOneOf(kPairNames, member.key) &&
           names_.IsMember(member.value.AsString(), place.under);
  });
  bool changed = false;
  for (JsonMember& member : members) {
    Place below = place;
    below.under = names_.Under(member.key, place.under);
    below.secret = place.secret || names_.IsMember(member.key, place.under) ||
                   (pair && IsOneOf(kPairValues, member.key));
    changed = RedactValue(member.value, below) || changed;
  }
  return changed;
}

bool Redactor::RedactArray(Json::Array& items, const Place& place) const {
  // JSON often lists headers as ["password", "S"].
  if (items.size() == 2 && items[0].IsString() && items[1].IsString() &&
      (names_.IsMember(items[0].AsString()) || names_.IsHeader(items[0].AsString())) &&
      !place.secret) {
    Place below = place;
    below.secret = true;
    return RedactValue(items[1], below);
  }
  bool changed = false;
  for (Json& item : items) changed = RedactValue(item, place) || changed;
  return changed;
}

bool Redactor::RedactString(Json& value, const Place& place) const {
  const std::string_view text = value.AsString();
  if (!names_.MayStandIn(text)) return false;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && (text[first] == '{' || text[first] == '[') &&
      place.depth < kMaxDepth) {
    if (auto inner = Json::Parse(text)) {
      Place below = place;
      ++below.depth;
      if (!RedactValue(*inner, below)) return false;
      value = inner->Dump();
      return true;
    }
  }
  std::string redacted = RedactAssignments(WithoutUsers(text), false);
  if (redacted == text) return false;
  value = std::move(redacted);
  return true;
}

std::string Redactor::RedactQuery(std::string_view query) const {
  std::string redacted;
  while (!query.empty()) {
    const auto [pair, name, value] = TakeParameter(query);
    if (!redacted.empty()) redacted += '&';
    if (!value.empty() && !IsFlag(value) && names_.IsParameter(PercentDecode(name))) {
      redacted += std::string(name) + "=" + std::string(kRedacted);
    } else {
      redacted += WithoutUsers(pair);
    }
  }
  return redacted;
}

void Redactor::RedactHeader(Headers::Field& field, Request& request,
                            std::vector<std::string>& repeated) const {
  auto& [name, value] = field;
  const bool credential = IsCredential(name);
  if (credential || names_.IsHeader(name)) {
    for (const std::string_view sent :
         {std::string_view(value).substr(value.find(' ') + 1), CredentialIn(value)}) {
      const bool in_path = TakeOut(sent, request.path);
      const bool in_query = TakeOut(sent, request.query);
      if (in_path || in_query) repeated.emplace_back(sent);
    }
    value = credential ? RedactedCredential(value) : std::string(kRedacted);
  } else if (value.contains('=') || value.contains('@')) {
    value = RedactAssignments(WithoutUsers(value), false);
  }
}

std::vector<std::string> Redactor::Redact(Request& request, const Json* body) const {
  std::vector<std::string> repeated;
  for (Headers::Field& field : request.headers.fields()) RedactHeader(field, request, repeated);
  if (!request.query.empty()) request.query = RedactQuery(request.query);
  if (request.body.empty()) return repeated;
  if (body != nullptr) {
    if (!names_.MayStandIn(request.body)) return repeated;
    Json redacted = *body;
    if (RedactValue(redacted, {})) request.body = redacted.Dump();
  } else if (names_.MayStandIn(request.body) || names_.MayBeAssignedIn(request.body)) {
    request.body = "[redacted: " + std::to_string(request.body.size()) +
                   " bytes that are no JSON and name a secret]";
  }
  return repeated;
}

std::optional<std::string> Redactor::WithoutSecrets(
    const std::string& body, std::span<const std::string> credentials) const {
  std::optional<std::string> redacted;
  if (names_.MayStandIn(body)) {
    auto json = Json::Parse(body);
    if (json && RedactValue(*json, {})) redacted = json->Dump();
  }
  for (const std::string& credential : credentials) {
    std::string text = redacted ? *redacted : body;
    if (TakeOut(credential, text)) redacted = std::move(text);
  }
  return redacted;
}

}  // namespace mockduit
