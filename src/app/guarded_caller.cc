#include "app/guarded_caller.h"

#include <algorithm>

#include "http/uri.h"

namespace mockduit {

CallPermission GuardedCaller::MayCall(const std::string& url) const {
  const auto parsed = ParseUrl(url);
  if (parsed && IsLoopback(parsed->authority.host)) return CallPermission::kAllowed;
  const bool secure = parsed ? parsed->secure() : url.starts_with("https://");
  if (!secure) return CallPermission::kNotSecure;
  const bool allowed = parsed && std::ranges::any_of(allowed_, [&](const std::string& host) {
                         return EqualsIgnoringCase(parsed->authority.host, host);
                       });
  return allowed ? CallPermission::kAllowed : CallPermission::kForbidden;
}

Result<int> GuardedCaller::Post(const std::string& url, const Headers& headers,
                                const std::string& body, std::chrono::milliseconds timeout) const {
  return Send("POST", url, headers, body, timeout);
}

Result<int> GuardedCaller::Head(const std::string& url, std::chrono::milliseconds timeout) const {
  return Send("HEAD", url, {}, "", timeout);
}

Result<int> GuardedCaller::Send(const std::string& method, const std::string& url,
                                const Headers& headers, const std::string& body,
                                std::chrono::milliseconds timeout) const {
  const auto parsed = ParseUrl(url);
  if (!parsed || MayCall(url) != CallPermission::kAllowed) {
    return Fail((parsed ? parsed->Origin() : "a URL that is none") + " may not be called");
  }
  // Whatever a resolver says, localhost is this machine alone, and an allowed name is a machine:
  // link-local addresses, the metadata services of clouds among them, are none.
  const bool loopback = IsLoopback(parsed->authority.host);
  const auto may_connect = [&](std::string_view address) {
    return loopback ? IsLoopback(address) : !IsUnroutable(address);
  };
  const auto answer = client_.Send(method, url, headers, body, timeout, may_connect);
  if (!answer) return std::unexpected(answer.error());
  return answer->status;
}

}  // namespace mockduit
