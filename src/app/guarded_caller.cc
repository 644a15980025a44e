#include "app/guarded_caller.h"

#include <algorithm>

#include "http/uri.h"

namespace mockduit {

CallPermission GuardedCaller::MayCall(const std::string& url) const {
  const auto parsed = ParseUrl(url);
  const bool secure = url.starts_with("https://");
  if (parsed && IsLoopback(parsed->authority.host)) return CallPermission::kAllowed;
  if (!secure) return CallPermission::kNotSecure;
  const bool allowed = parsed && std::ranges::any_of(allowed_, [&](const std::string& host) {
                         return EqualsIgnoringCase(parsed->authority.host, host);
                       });
  return allowed ? CallPermission::kAllowed : CallPermission::kForbidden;
}

Result<int> GuardedCaller::Post(const std::string& url, const Headers& headers,
                                const std::string& body, std::chrono::milliseconds timeout) const {
  if (MayCall(url) != CallPermission::kAllowed) return Fail(url + " may not be called");
  const auto answer = client_.Send("POST", url, headers, body, timeout);
  if (!answer) return std::unexpected(answer.error());
  return answer->status;
}

}  // namespace mockduit
