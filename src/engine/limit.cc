#include "engine/limit.h"

#include "engine/authenticate.h"
#include "engine/conditions.h"
#include "engine/problems.h"

namespace mockduit {

std::optional<Answer> TakeRoom(Call& call) {
  const Visit& visit = call.visit;
  if (visit.scenario->limits.empty()) return std::nullopt;
  const auto credential = FindCredential(visit.sent, call.target.contract);
  const auto session = visit.session->Enter();
  if (visit.IsOvertaken(*session)) return Overtaken();
  Limiter& limiter = session->ScriptOf(visit.scenario).limiter();
  call.quota = limiter.Take(call.Input(), credential ? credential->value : "", session->Now());
  if (!call.quota || !call.quota->refused) return std::nullopt;
  Answer answer = AnswerCondition(call.operation(), "rate_limited");
  if (auto* documented = std::get_if<DocumentedAnswer>(&answer)) {
    documented->choice.UseVariant(call.quota->variant);
  }
  return answer;
}

}  // namespace mockduit
