#include "admin/guard.h"

#include "base/crypto.h"
#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Browsers take every name below "localhost" for this machine (RFC 6761, section 6.3).
bool IsLocal(std::string_view authority) {
  if (authority.empty()) return true;  // an HTTP/1.0 client that has sent no Host
  const auto parsed = ParseAuthority(authority);
  return parsed && (IsLoopback(parsed->host) || LowerCase(parsed->host).ends_with(".localhost"));
}

bool IsPublicHost(const GuardSettings& settings, std::string_view authority) {
  const auto url = ParseUrl(settings.public_url);
  return url && url->Origin() == std::string(url->scheme) + "://" + std::string(authority);
}

bool IsPublicOrigin(const GuardSettings& settings, std::string_view origin) {
  const auto url = ParseUrl(settings.public_url);
  return url && url->Origin() == origin;
}

bool BearsToken(const Request& request, const std::string& token) {
  // Compares hashes, so that the time of the comparison reveals nothing of the token.
  const std::string sent(request.headers.Get("Authorization"));
  return HmacSha256("mockduit", sent) == HmacSha256("mockduit", "Bearer " + token);
}

}  // namespace

std::optional<Response> Guard(const GuardSettings& settings, const Request& request,
                              bool is_health) {
  const std::string_view host = request.headers.Get("Host");
  if (const std::string* origin = request.headers.Find("Origin")) {
    const bool own = *origin == "http://" + std::string(host) || IsPublicOrigin(settings, *origin);
    if (!own) {
      return ProblemAnswer(ProblemId::kForeignOrigin,
                           "the control API does not answer pages of " + *origin);
    }
  }
  if (!settings.open_host && !IsLocal(host) && !IsPublicHost(settings, host)) {
    return ProblemAnswer(ProblemId::kForeignHost,
                         "the control API does not answer by the name '" + std::string(host) +
                             "'; call it localhost, or start the server with --host 0.0.0.0 or "
                             "--public-url");
  }
  if (settings.token.empty() || is_health || BearsToken(request, settings.token)) {
    return std::nullopt;
  }
  Response response = ProblemAnswer(ProblemId::kTokenNeeded,
                                    "send the --admin-token as 'Authorization: Bearer TOKEN'");
  response.headers.Add("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace mockduit
