#include "engine/addressing.h"

#include <algorithm>

#include "base/crypto.h"
#include "http/uri.h"

namespace mockduit {
namespace {

using Scheme = CredentialPlace::Scheme;

// "Bearer x" gives x; the scheme's name compares without regard to case (RFC 9110, 11.1).
std::optional<std::string_view> AfterScheme(std::string_view value, std::string_view scheme) {
  if (value.size() <= scheme.size() || value[scheme.size()] != ' ') return std::nullopt;
  if (!EqualsIgnoringCase(value.substr(0, scheme.size()), scheme)) return std::nullopt;
  value.remove_prefix(scheme.size());
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

Credential ReadAuthorization(std::string_view value) {
  if (const auto token = AfterScheme(value, "Bearer")) {
    return {Scheme::kBearer, "", std::string(*token), ""};
  }
  if (const auto encoded = AfterScheme(value, "Basic")) {
    const std::string pair = Base64Decode(*encoded).value_or("");
    const std::size_t colon = std::min(pair.find(':'), pair.size());
    return {Scheme::kBasic, "", pair.substr(0, colon),
            pair.substr(std::min(colon + 1, pair.size()))};
  }
  return {Scheme::kRaw, "", std::string(value), ""};
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
  if (const auto* scenario = headers.Find("X-Mockduit-Scenario")) text += "~" + *scenario;
  if (const auto* session = headers.Find("X-Mockduit-Session")) text += "@" + *session;
  return ParseSelector(text, "in X-Mockduit-Session");
}

}  // namespace

Addressing::Addressing(const Catalog& catalog, std::string public_url)
    : catalog_(catalog), public_url_(std::move(public_url)) {
  while (public_url_.ends_with('/')) public_url_.pop_back();
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const CredentialPlace& place : contract->credentials) {
        const bool known = std::ranges::find(key_headers_, place.field) != key_headers_.end();
        if (place.scheme == Scheme::kHeader && !known) key_headers_.push_back(place.field);
      }
    }
  }
}

std::expected<Selector, MalformedName> Addressing::Read(Call& call) const {
  const std::string_view host = call.request.headers.Get("Host");
  call.base = public_url_.empty() ? "http://" + std::string(host.empty() ? "localhost" : host)
                                  : public_url_;
  call.path = call.request.path;
  ReadCredentials(call);
  auto in_path = TakePathSelector(call);
  TakeVendorPrefix(call);
  // A credential's selector comes off also when another place decides: it is no part of the key.
  auto in_credential = TakeCredentialSelector(call.credentials);
  if (!in_path || !in_path->empty()) return in_path;
  auto in_headers = HeaderSelector(call.request.headers);
  if (!in_headers || !in_headers->empty()) return in_headers;
  return in_credential;
}

std::expected<Selector, MalformedName> Addressing::TakePathSelector(Call& call) const {
  const std::string_view path = call.path;
  const std::size_t end = std::min(path.find('/', 1), path.size());
  // Some clients percent-encode '~' and '@'.
  const std::string first = PercentDecode(path.substr(1, end - 1));
  if (!first.starts_with('~') && !first.starts_with('@')) return Selector{};
  auto selector = ParseSelector(first, "in the path");
  call.base += path.substr(0, end);
  call.path = end < path.size() ? std::string(path.substr(end)) : "/";
  return selector;
}

void Addressing::TakeVendorPrefix(Call& call) const {
  const std::string_view path = call.path;
  const std::size_t end = std::min(path.find('/', 1), path.size());
  call.vendor = catalog_.FindVendor(path.substr(1, end - 1));
  if (call.vendor == nullptr) return;
  call.base += path.substr(0, end);
  call.path = end < path.size() ? std::string(path.substr(end)) : "/";
}

void Addressing::ReadCredentials(Call& call) const {
  if (const std::string* value = call.request.headers.Find("Authorization")) {
    call.credentials.push_back(ReadAuthorization(*value));
  }
  for (const std::string& name : key_headers_) {
    if (const std::string* value = call.request.headers.Find(name)) {
      call.credentials.push_back({Scheme::kHeader, name, *value, ""});
    }
  }
}

}  // namespace mockduit
