#include "admin/guard.h"

#include "base/crypto.h"
#include "http/problem.h"

namespace mockduit {
namespace {

bool BearsToken(const Request& request, const std::string& token) {
  // Compares hashes, so that the time of the comparison reveals nothing of the token.
  const std::string sent(request.headers.Get("Authorization"));
  return HmacSha256("mockduit", sent) == HmacSha256("mockduit", "Bearer " + token);
}

std::optional<Response> RefusePage(const OwnNames& names, const Request& request) {
  const auto origin = request.headers.Find("Origin");
  if (origin && !names.IsOwnOrigin(*origin, names.HostOf(request))) {
    return ProblemAnswer(ProblemId::kForeignOrigin,
                         "the control API does not answer pages of " + std::string(*origin));
  }
  // An image, a link and a form without a body send no Origin.
  const Site site = SiteOf(request);
  if (site == Site::kNone || site == Site::kSame) return std::nullopt;
  return ProblemAnswer(ProblemId::kForeignOrigin,
                       "the control API does not answer pages of other origins (Sec-Fetch-Site: " +
                           std::string(request.headers.Get("Sec-Fetch-Site")) +
                           "); call it from a program, or type its URL");
}

}  // namespace

std::optional<Response> Guard(const GuardSettings& settings, const Request& request,
                              bool is_health) {
  if (auto refusal = RefusePage(settings.names, request)) return refusal;
  const std::string_view host = request.headers.Get("Host");
  if (!settings.names.IsOwnHost(host)) {
    return ProblemAnswer(ProblemId::kForeignHost,
                         "the control API does not answer by the name '" + std::string(host) +
                             "'; call it localhost, or start the server with --allow-host " +
                             "or --public-url");
  }
  if (is_health) return std::nullopt;
  if (settings.closed) {
    return ProblemAnswer(ProblemId::kControlClosed,
                         "the server listens beyond this machine; start it with --admin-token "
                         "TOKEN, or with --admin-open where everyone who reaches it may steer it");
  }
  if (settings.token.empty() || BearsToken(request, settings.token)) return std::nullopt;
  Response response = ProblemAnswer(ProblemId::kTokenNeeded,
                                    "send the --admin-token as 'Authorization: Bearer TOKEN'");
  response.headers.Add("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace mockduit
