#include "app/guarded_caller.h"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.h"
#include "server/http_client.h"

namespace mockduit {
namespace {

// The host of "scheme://user@host:port/path", in lower case; "" when there is none.
std::string HostOf(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  std::string_view authority = url.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  if (authority.starts_with('[')) return LowerCase(authority.substr(0, authority.find(']') + 1));
  return LowerCase(authority.substr(0, authority.find(':')));
}

}  // namespace

bool IsLoopback(const std::string& host) {
  in_addr address{};
  const bool is_ipv4 = inet_pton(AF_INET, host.c_str(), &address) == 1;
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (is_ipv4 && host.starts_with("127."));
}

Caller::Verdict GuardedCaller::Judge(const std::string& url) const {
  const std::string host = HostOf(url);
  const bool secure = url.starts_with("https://");
  if (IsLoopback(host) && (secure || url.starts_with("http://"))) return Verdict::kGood;
  if (!secure) return Verdict::kNotSecure;
  const bool allowed = std::ranges::find(allowed_, host) != allowed_.end();
  return allowed ? Verdict::kGood : Verdict::kForbidden;
}

Result<int> GuardedCaller::Post(const std::string& url, const Headers& headers,
                                const std::string& body, std::chrono::milliseconds timeout) const {
  if (Judge(url) != Verdict::kGood) return Fail(url + " may not be called");
  const auto answer = Fetch("POST", url, headers, body, timeout);
  if (!answer) return std::unexpected(answer.error());
  return answer->status;
}

}  // namespace mockduit
