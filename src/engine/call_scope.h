// CallScope: fills a template's holes from a call and its session. The session's lock must be held,
// since ids are drawn from it.
#pragma once

#include "contract/template.h"
#include "engine/call.h"

namespace mockduit {

class CallScope : public Scope {
 public:
  CallScope(const Call& call, Session& session) : call_(call), session_(session) {}

  Json Value(const Hole& hole) override;
  // What {{result}} gives from here on. Must outlive the scope.
  void SetResult(const Json* result) { result_ = result; }
  void SetRetryAfter(std::int64_t seconds) { retry_after_ = seconds; }

 private:
  const Call& call_;
  Session& session_;
  const Json* result_ = nullptr;
  std::int64_t retry_after_ = 0;
};

// The URL that the client called, without the query.
std::string CalledUrl(const Call& call);

}  // namespace mockduit
