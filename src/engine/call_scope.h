// CallScope: fills a template's holes from a call and its session. The session's lock must be held,
// since ids are drawn from it.
#pragma once

#include <optional>

#include "contract/language/template.h"
#include "engine/call.h"

namespace mockduit {

class CallScope : public Scope {
 public:
  CallScope(const Call& call, Session& session) : call_(call), session_(session) {}

  Json Value(const Hole& hole) override;
  // What {{result}}, {{found}} and {{made}} give from here on. Must outlive the scope.
  void SetKnown(const Known* known) { known_ = known; }
  // What {{retry_after}} gives from here on.
  void SetRetryAfter(const ToldWait& wait) { retry_after_ = wait; }
  void ForgetRetryAfter() { retry_after_.reset(); }
  const std::optional<ToldWait>& retry_after() const { return retry_after_; }
  SessionClock& clock() { return session_.clock(); }

 private:
  Json QuotaReset() const;
  Json KnownValue(const Hole& hole) const;

  const Call& call_;
  Session& session_;
  const Known* known_ = nullptr;
  std::optional<ToldWait> retry_after_;
};

// The URL that the client called, without the query.
std::string CalledUrl(const Call& call);

}  // namespace mockduit
