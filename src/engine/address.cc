#include "engine/address.h"

#include <algorithm>
#include <utility>

#include "base/crypto.h"
#include "base/percent.h"
#include "base/text.h"
#include "http/uri.h"
#include "session/sessions.h"

namespace mockduit {
namespace {

using Scheme = CredentialPlace::Scheme;

// "Bearer x" gives x, and "Bearer" alone, as of a client whose token is not set, "". The scheme's
// name compares without regard to case (RFC 9110, 11.1).
std::optional<std::string_view> AfterScheme(std::string_view value, std::string_view scheme) {
  if (EqualsIgnoringCase(value, scheme)) return "";
  if (value.size() <= scheme.size() || value[scheme.size()] != ' ') return std::nullopt;
  if (!EqualsIgnoringCase(value.substr(0, scheme.size()), scheme)) return std::nullopt;
  value.remove_prefix(scheme.size());
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

// The names of further schemes, by IANA's list, and of some that clients use besides: none is a
// key by itself, and what stands behind it is no raw one.
constexpr std::string_view kOtherSchemes[] = {
    "ApiKey",       "Api-Key",     "Concealed",     "Digest",    "DPoP",
    "GNAP",         "HOBA",        "Mutual",        "Negotiate", "OAuth",
    "PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "Token",     "vapid"};

// Nothing where the field is empty, or names a scheme alone, or where Basic has no colon between a
// name and a password (RFC 7617).
std::optional<Credential> ReadAuthorization(std::string_view value) {
  if (const auto token = AfterScheme(value, "Bearer")) {
    return Credential{Scheme::kBearer, "", std::string(*token), ""};
  }
  if (const auto encoded = AfterScheme(value, "Basic")) {
    const std::string pair = Base64Decode(*encoded).value_or("");
    const std::size_t colon = pair.find(':');
    if (colon == std::string::npos) return std::nullopt;
    return Credential{Scheme::kBasic, "", pair.substr(0, colon), pair.substr(colon + 1)};
  }
  const std::string_view word = value.substr(0, value.find(' '));
  const auto is_it = [&](std::string_view scheme) { return EqualsIgnoringCase(word, scheme); };
  if (value.empty()) return std::nullopt;
  if (std::ranges::any_of(kOtherSchemes, is_it)) {
    const std::string_view rest = Trim(value.substr(word.size()));
    if (rest.empty()) return std::nullopt;
    return Credential{Scheme::kOther, "", std::string(rest), ""};
  }
  return Credential{Scheme::kRaw, "", std::string(value), ""};
}

// Takes the selector off the end of the first credential that has one.
std::expected<Selector, MalformedName> TakeCredentialSelector(
    std::vector<Credential>& credentials) {
  for (Credential& credential : credentials) {
    const std::size_t start = SelectorStart(credential.value);
    if (start == std::string::npos) continue;
    auto selector = ParseSelector(std::string_view(credential.value).substr(start),
                                  "at the end of the credential");
    credential.value.resize(start);
    return selector;
  }
  return Selector{};
}

std::expected<Selector, MalformedName> HeaderSelector(const Headers& headers) {
  std::string text;
  if (const auto scenario = headers.Find("X-Mockduit-Scenario")) text.append("~").append(*scenario);
  if (const auto session = headers.Find("X-Mockduit-Session")) text.append("@").append(*session);
  return ParseSelector(text, "in X-Mockduit-Session");
}

// Takes gzip and its like off the body.
void TakeCodingsOff(Sent& sent, std::size_t max_body) {
  const auto codings = sent.request.headers.Find("Content-Encoding");
  if (!codings) return;
  const std::string all = Join(sent.request.headers.All("Content-Encoding"));
  auto plain = WithoutCodings(sent.request.body, all, max_body);
  if (!plain) {
    sent.coding_fault = plain.error();
  } else if (*plain != sent.request.body) {
    sent.coded = std::exchange(sent.request.body, std::move(*plain));
  }
}

void ReadBody(Sent& sent, std::size_t max_body) {
  if (sent.request.body.empty()) return;
  TakeCodingsOff(sent, max_body);
  auto body = Json::Parse(sent.request.body);
  if (body) {
    sent.body = std::move(*body);
  } else {
    sent.body_error = std::move(body.error());
  }
}

}  // namespace

Addressing::Addressing(const Catalog& catalog, OwnNames names, std::size_t max_body)
    : catalog_(catalog), names_(std::move(names)), max_body_(max_body) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const CredentialPlace& place : contract->credentials) {
        const bool known = std::ranges::find(key_headers_, place.field) != key_headers_.end();
        if (place.scheme == Scheme::kHeader && !known) key_headers_.push_back(place.field);
      }
    }
  }
}

Addressed Addressing::Read(Request request) const {
  Sent sent{.request = std::move(request)};
  sent.base = names_.BaseUrl(sent.request);
  sent.own_size = sent.base.size();
  sent.path = sent.request.path;
  ReadCredentials(sent);
  ReadBody(sent, max_body_);
  auto selector = TakePathSelector(sent);
  FindPinnedVendor(sent);
  // A credential's selector comes off also when another place decides: it is no part of the key.
  auto in_credential = TakeCredentialSelector(sent.credentials);
  if (selector && selector->empty()) selector = HeaderSelector(sent.request.headers);
  if (selector && selector->empty()) selector = std::move(in_credential);
  return {std::move(sent), std::move(selector)};
}

std::expected<Selector, MalformedName> Addressing::TakePathSelector(Sent& sent) {
  const std::string_view path = sent.path;
  const std::size_t end = std::min(path.find('/', 1), path.size());
  // Some clients percent-encode '~' and '@'.
  const std::string first = PercentDecode(path.substr(1, end - 1));
  if (!first.starts_with('~') && !first.starts_with('@')) return Selector{};
  auto selector = ParseSelector(first, "in the path");
  sent.path_selector = path.substr(0, end);
  sent.base += sent.path_selector;
  sent.path = end < path.size() ? std::string(path.substr(end)) : "/";
  return selector;
}

// A prefix of the path names it, or the host that the client takes this server for.
void Addressing::FindPinnedVendor(Sent& sent) const {
  const std::string_view path = sent.path;
  const std::size_t end = std::min(path.find('/', 1), path.size());
  sent.pinned_vendor = catalog_.FindVendor(path.substr(1, end - 1));
  if (sent.pinned_vendor == nullptr) {
    const std::string_view host = sent.request.headers.Get("Host");
    sent.pinned_vendor = catalog_.FindVendorOfHost(host.substr(0, host.find(':')));
    return;
  }
  sent.base += path.substr(0, end);
  sent.path = end < path.size() ? std::string(path.substr(end)) : "/";
}

void Addressing::SetBaseOf(const Contract& contract, Sent& sent) const {
  if (names_.vendor_links) sent.pages = contract.pages;
  auto url = names_.PublicUrlOf(contract.vendor);
  if (!url) return;
  sent.base = std::move(*url);
  sent.own_size = sent.base.size();
  sent.base += sent.path_selector;
}

void Addressing::ReadCredentials(Sent& sent) const {
  if (const auto value = sent.request.headers.Find("Authorization")) {
    if (auto credential = ReadAuthorization(*value)) {
      sent.credentials.push_back(std::move(*credential));
    }
  }
  for (const std::string& name : key_headers_) {
    if (const auto value = sent.request.headers.Find(name)) {
      sent.credentials.push_back({Scheme::kHeader, name, std::string(*value), ""});
    }
  }
}

}  // namespace mockduit
