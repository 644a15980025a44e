#include "engine/call_scope.h"

#include <algorithm>

#include "base/text.h"
#include "engine/sent_values.h"
#include "engine/wording.h"

namespace mockduit {
namespace {

Json At(const Json* json, const std::string& path) {
  const Json* found = json != nullptr ? json->AtPath(path) : nullptr;
  return found != nullptr ? *found : Json();
}

// Paths, queries and headers may hold any byte; what goes into a body must be UTF-8.
Json TextOrNull(std::string_view text) { return text.empty() ? Json() : Json(ValidUtf8(text)); }

}  // namespace

const Json* CallScope::Look(const Hole& hole) {
  if (hole.root == Root::kRequestBody) {
    return visit_.sent.body ? visit_.sent.body->AtPath(hole.path) : nullptr;
  }
  return facts_ != nullptr ? facts_->Look(hole) : nullptr;
}

Json CallScope::Value(const Hole& hole) {
  const Sent& sent = visit_.sent;
  switch (hole.root) {
    case Root::kRequestBody: return At(sent.body ? &*sent.body : nullptr, hole.path);
    case Root::kRequestPath:
      return call_ != nullptr ? TextOrNull(call_->PathValue(hole.path)) : Json();
    case Root::kRequestQuery: return QueryValueAt(sent, call_, hole.path);
    case Root::kRequestQueryList: return QueryList(sent, hole.path);
    case Root::kRequestHeaderList: return HeaderList(sent, hole.path);
    case Root::kRequestCookie: return CookieValue(sent, hole.path);
    case Root::kRequestHeader: return TextOrNull(sent.request.headers.Get(hole.path));
    case Root::kRequestUrl: return sent.Url();
    case Root::kBaseUrl: return sent.base;
    case Root::kLinkBase: return visit_.LinkBase();
    case Root::kResult:
    case Root::kFound:
    case Root::kMade: return FactsValue(hole);
    case Root::kSession: return session_.name();
    case Root::kAttempt:
      return call_ != nullptr ? static_cast<std::int64_t>(call_->decision.attempt) : 1;
    case Root::kRetryAfter: return retry_after_ ? WholeSeconds(retry_after_->client) : 0;
    case Root::kQuotaLimit: return quota() ? Json(quota()->limit) : Json();
    case Root::kQuotaRemaining: return quota() ? Json(quota()->remaining) : Json();
    case Root::kQuotaReset: return QuotaReset();
    case Root::kViolationsText:
      return call_ != nullptr ? TextOrNull(ViolationsText(*call_)) : Json();
    case Root::kViolationsErrors: return call_ != nullptr ? ViolationsErrors(*call_) : Json();
    case Root::kViolationsFields: return call_ != nullptr ? ViolationsFields(*call_) : Json();
    default: break;
  }
  auto drawn = DrawnValue(hole.root, session_.world().ids(), visit_.at);
  return drawn ? std::move(*drawn) : TimeValue(hole.root, visit_.at + hole.offset);
}

const std::optional<Quota>& CallScope::quota() const {
  static const std::optional<Quota> kNone;
  return call_ != nullptr ? call_->quota : kNone;
}

// What was not found is null; of what was not made there is an empty list.
Json CallScope::FactsValue(const Hole& hole) const {
  auto value = facts_ != nullptr ? facts_->Value(hole) : std::nullopt;
  if (value) return std::move(*value);
  return hole.root == Root::kMade ? Json::MakeArray() : Json();
}

// When there is room again, in Unix seconds by the client's clock. Where no limit is in force, when
// Retry-After is over.
Json CallScope::QuotaReset() {
  using std::chrono::ceil;
  using std::chrono::seconds;
  if (!quota() && !retry_after_) return {};
  const Time reset = quota() ? quota()->reset : visit_.at + retry_after_->session;
  return std::int64_t{ceil<seconds>(clock().ClientTime(reset)).time_since_epoch().count()};
}

}  // namespace mockduit
