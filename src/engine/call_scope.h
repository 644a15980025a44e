// CallScope: what the templates of an answer know: the request, the session, the facts of what
// happened.
#pragma once

#include <optional>

#include "contract/language/template.h"
#include "engine/call.h"

namespace mockduit {

class CallScope : public Scope {
 public:
  // `call` is nullptr where no operation answers. All must outlive the scope.
  CallScope(const Visit& visit, const Call* call, Session& session)
      : visit_(visit), call_(call), session_(session), budget_(visit.max_answer) {}

  Json Value(const Hole& hole) override;
  const Json* Look(const Hole& hole) override;
  bool Spend(std::size_t bytes) override { return budget_.Spend(bytes); }
  bool overspent() const override { return budget_.overspent(); }
  // What {{result}}, {{found}} and {{made}} give from here on. Must outlive the scope.
  void SetFacts(const Facts* facts) { facts_ = facts; }
  // What {{retry_after}} gives from here on.
  void SetRetryAfter(const AnnouncedWait& wait) { retry_after_ = wait; }
  void ForgetRetryAfter() { retry_after_.reset(); }
  const std::optional<AnnouncedWait>& retry_after() const { return retry_after_; }
  SessionClock& clock() { return session_.clock(); }

 private:
  const std::optional<Quota>& quota() const;
  Json QuotaReset();
  Json FactsValue(const Hole& hole) const;

  const Visit& visit_;
  const Call* call_;
  Session& session_;
  const Facts* facts_ = nullptr;
  Budget budget_;
  std::optional<AnnouncedWait> retry_after_;
};

}  // namespace mockduit
