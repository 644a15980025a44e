#include "engine/conditions.h"

#include "engine/problems.h"

namespace mockduit {
namespace {

Answer AnswerWith(const ConditionOutcome* told, const Outcome* outcome, const Contract& contract,
                  std::string_view condition) {
  if (outcome == nullptr) return NoOutcomeFor(contract, condition);
  return DocumentedAnswer{OutcomeChoice(*outcome, told->variant)};
}

}  // namespace

const Outcome* FindOutcome(const Operation& operation, std::string_view name) {
  const Outcome* own = operation.FindOutcome(name);
  return own != nullptr ? own : operation.contract->FindShared(name);
}

Answer AnswerCondition(const Operation& operation, std::string_view condition) {
  const ConditionOutcome* told = operation.FindCondition(condition);
  return AnswerWith(told, told != nullptr ? FindOutcome(operation, told->outcome) : nullptr,
                    *operation.contract, condition);
}

Answer AnswerCondition(const Contract& contract, std::string_view condition) {
  const ConditionOutcome* told = contract.FindCondition(condition);
  return AnswerWith(told, told != nullptr ? contract.FindShared(told->outcome) : nullptr, contract,
                    condition);
}

}  // namespace mockduit
