#include "engine/conditions.h"

#include "engine/problems.h"

namespace mockduit {
namespace {

Answer AnswerWith(const ConditionOutcome* named, const Outcome* outcome, const Contract& contract,
                  std::string_view condition) {
  if (outcome == nullptr) return NoOutcomeFor(contract, condition);
  return DocumentedAnswer{OutcomeChoice(*outcome, named->variant)};
}

}  // namespace

const Outcome* FindOutcome(const Operation& operation, std::string_view name) {
  const Outcome* own = operation.FindOutcome(name);
  return own != nullptr ? own : operation.contract->FindShared(name);
}

Answer AnswerCondition(const Operation& operation, std::string_view condition) {
  const ConditionOutcome* named = operation.FindCondition(condition);
  if (named == nullptr) return NoOutcomeFor(*operation.contract, condition);
  const Outcome* outcome = FindOutcome(operation, named->outcome);
  if (outcome != nullptr && outcome->FindVariant(named->variant) == nullptr) {
    const Outcome* shared = operation.contract->FindShared(named->outcome);
    if (shared != nullptr) outcome = shared;
  }
  return AnswerWith(named, outcome, *operation.contract, condition);
}

Answer AnswerCondition(const Contract& contract, std::string_view condition) {
  const ConditionOutcome* named = contract.FindCondition(condition);
  return AnswerWith(named, named != nullptr ? contract.FindShared(named->outcome) : nullptr,
                    contract, condition);
}

}  // namespace mockduit
