#include "admin/guard.h"

#include "base/crypto.h"
#include "base/text.h"
#include "engine/own_answers.h"

namespace mockduit {
namespace {

// "host:port" without the port; "[::1]:80" gives "[::1]".
std::string_view HostName(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

// "http://host:port/path" gives "host:port".
std::string_view AuthorityOf(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, url.find('/'));
}

// "http://host:port" of a URL.
std::string_view OriginOf(std::string_view url) {
  const std::string_view authority = AuthorityOf(url);
  return url.substr(0, static_cast<std::size_t>(authority.data() + authority.size() - url.data()));
}

bool IsLocal(std::string_view host) {
  const std::string name = LowerCase(HostName(host));
  const bool loopback =
      name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string::npos;
  return name.empty() || name == "localhost" || name.ends_with(".localhost") || name == "[::1]" ||
         loopback;
}

bool BearsToken(const Request& request, const std::string& token) {
  // Compared by their hashes, so that the time it takes tells nothing.
  const std::string sent(request.headers.Get("Authorization"));
  return HmacSha256("mockduit", sent) == HmacSha256("mockduit", "Bearer " + token);
}

}  // namespace

std::optional<Response> Guard(const GuardSettings& settings, const Request& request,
                              bool is_health) {
  const std::string_view host = request.headers.Get("Host");
  if (const std::string* origin = request.headers.Find("Origin")) {
    const bool own = *origin == "http://" + std::string(host) ||
                     (!settings.public_url.empty() && *origin == OriginOf(settings.public_url));
    if (!own) {
      return ProblemAnswer(403, "Foreign origin",
                           "the control API does not answer pages of " + *origin);
    }
  }
  if (!settings.open_host && !IsLocal(host) && host != AuthorityOf(settings.public_url)) {
    return ProblemAnswer(403, "Foreign host",
                         "the control API does not answer by the name '" + std::string(host) +
                             "'; call it localhost, or start the server with --host 0.0.0.0 or "
                             "--public-url");
  }
  if (settings.token.empty() || is_health || BearsToken(request, settings.token)) {
    return std::nullopt;
  }
  Response response =
      ProblemAnswer(401, "Token needed", "send the --admin-token as 'Authorization: Bearer TOKEN'");
  response.headers.Add("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace mockduit
