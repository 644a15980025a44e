#include "engine/call_scope.h"

#include "base/text.h"
#include "engine/wording.h"
#include "http/uri.h"

namespace mockduit {
namespace {

Json At(const Json* json, const std::string& path) {
  const Json* found = json != nullptr ? json->AtPath(path) : nullptr;
  return found != nullptr ? *found : Json();
}

// Paths, queries and headers may hold any byte; what goes into a body must be UTF-8.
Json TextOrNull(std::string_view text) { return text.empty() ? Json() : Json(ValidUtf8(text)); }

std::int64_t WholeSeconds(Duration duration) {
  return std::chrono::floor<std::chrono::seconds>(duration).count();
}

}  // namespace

std::string CalledUrl(const Call& call) {
  std::string url = call.base + call.path;
  if (url.ends_with('/')) url.pop_back();
  return url;
}

Json CallScope::Value(const Hole& hole) {
  switch (hole.root) {
    case Root::kRequestBody: return At(call_.body ? &*call_.body : nullptr, hole.path);
    case Root::kRequestPath: return TextOrNull(call_.PathValue(hole.path));
    case Root::kRequestQuery:
      return TextOrNull(QueryValue(call_.request.query, hole.path).value_or(""));
    case Root::kRequestHeader: return TextOrNull(call_.request.headers.Get(hole.path));
    case Root::kRequestUrl: return CalledUrl(call_);
    case Root::kBaseUrl: return call_.base;
    case Root::kResult:
    case Root::kFound:
    case Root::kMade: return KnownValue(hole);
    case Root::kSession: return session_.name();
    case Root::kAttempt: return static_cast<std::int64_t>(call_.attempt);
    case Root::kRetryAfter: return retry_after_ ? WholeSeconds(retry_after_->client) : 0;
    case Root::kQuotaLimit: return call_.quota ? Json(call_.quota->limit) : Json();
    case Root::kQuotaRemaining: return call_.quota ? Json(call_.quota->remaining) : Json();
    case Root::kQuotaReset: return QuotaReset();
    case Root::kViolationsText: return TextOrNull(ViolationsText(call_));
    case Root::kViolationsErrors: return ViolationsErrors(call_);
    case Root::kViolationsFields: return ViolationsFields(call_);
    default: break;
  }
  auto drawn = DrawnValue(hole.root, session_.ids(), call_.at);
  return drawn ? std::move(*drawn) : TimeValue(hole.root, call_.at + hole.offset);
}

// What nobody found is null; of what nobody made there is an empty list.
Json CallScope::KnownValue(const Hole& hole) const {
  auto value = known_ != nullptr ? known_->Value(hole) : std::nullopt;
  if (value) return std::move(*value);
  return hole.root == Root::kMade ? Json::MakeArray() : Json();
}

// When there is room again, in Unix seconds. Where no limit is in force, when Retry-After is over.
Json CallScope::QuotaReset() const {
  using std::chrono::ceil;
  using std::chrono::seconds;
  if (!call_.quota && !retry_after_) return {};
  const Time reset = call_.quota ? call_.quota->reset : call_.at + retry_after_->session;
  return std::int64_t{ceil<seconds>(reset).time_since_epoch().count()};
}

}  // namespace mockduit
