#include "contract/contract.h"

#include <algorithm>

namespace mockduit {
namespace {

// A pointer to the first item whose `member` is `wanted`, or nullptr.
template <class Items, class Member, class Wanted>
auto* FindBy(Items& items, Member member, const Wanted& wanted) {
  const auto found = std::ranges::find(items, wanted, member);
  return found != items.end() ? &*found : nullptr;
}

}  // namespace

const Variant* Outcome::FindVariant(std::string_view variant) const {
  return variant.empty() ? &variants.front() : FindBy(variants, &Variant::name, variant);
}

const Outcome* Operation::FindOutcome(std::string_view outcome) const {
  return FindBy(outcomes(), &Outcome::name, outcome);
}

const Outcome* Operation::FindStatus(int status) const {
  return FindBy(outcomes(), &Outcome::status, status);
}

const ConditionOutcome* Operation::FindCondition(std::string_view condition) const {
  const ConditionOutcome* own =
      FindBy(details.Get().conditions, &ConditionOutcome::condition, condition);
  return own != nullptr ? own : contract->FindCondition(condition);
}

const Operation* Contract::FindOperation(std::string_view id) const {
  for (const auto& operation : operations) {
    if (operation->id == id) return operation.get();
  }
  return nullptr;
}

const Outcome* Contract::FindShared(std::string_view outcome) const {
  return FindBy(shared.Get(), &Outcome::name, outcome);
}

const ConditionOutcome* Contract::FindCondition(std::string_view condition) const {
  return FindBy(conditions, &ConditionOutcome::condition, condition);
}

const Declined* Contract::FindDeclined(std::string_view method, std::string_view path) const {
  const auto found = std::ranges::find_if(declined, [&](const Declined& one) {
    return (one.method.empty() || one.method == method) && one.path.Matches(path);
  });
  return found != declined.end() ? &*found : nullptr;
}

std::shared_ptr<const Lifecycle> Contract::FindLifecycle(std::string_view lifecycle) const {
  const std::string name = vendor + "." + std::string(lifecycle);
  for (const auto& known : lifecycles) {
    if (known->name == name) return known;
  }
  return nullptr;
}

Names NamesOfPlay(const std::vector<const Operation*>& operations) {
  if (operations.empty()) return Names::Any();
  Names names;
  for (const Operation* operation : operations) {
    names.Add(operation->success_names());
    names.Add(operation->failure_names());
  }
  if (operations.size() == 1) names.SetPlace("in " + operations.front()->name);
  return names;
}

std::vector<std::string> OutcomeNames() {
  std::vector<std::string> names;
  for (const OutcomeName& outcome : kOutcomeNames) names.emplace_back(outcome.name);
  return names;
}

}  // namespace mockduit
