#include "engine/elsewhere.h"

#include "base/text.h"
#include "engine/call_scope.h"
#include "session/facts.h"

namespace mockduit {
namespace {

// Whether all is there that the operation cannot do without. One that can do without anything finds
// nothing.
bool FindsAll(const Call& call, Session& session) {
  const auto& effect = call.operation().effect();
  if (!effect) return false;
  CallScope of_call(call.visit, &call, session);
  FactsScope scope(of_call);
  World& world = session.world();
  bool looks = false;
  for (const Effect::Needs& needs : effect->needs) {
    std::vector<StoredResource> found = world.Select(needs.which, scope);
    if (needs.all) continue;
    if (!found.empty()) scope.AddFound(needs.which.kind, std::move(found.back().json));
    if (needs.absent.outcome.empty()) continue;
    if (found.empty()) return false;
    looks = true;
  }
  if (effect->does == Effect::Does::kCreate) return looks;
  return world.IsThere(effect->which, scope);
}

// How the next request says that it means the edition.
std::string WaysToChoose(const Contract& contract) {
  const std::string choice = contract.vendor + "=" + contract.edition;
  std::string ways = "--edition " + choice + " or the session's 'editions' choose it";
  for (const Sign& sign : contract.chosen_by) {
    if (sign.in == Sign::In::kHeader) ways += ", as the header " + sign.name + " does";
  }
  return ways;
}

}  // namespace

std::string FoundElsewhere(const Call& call, std::vector<Target> others, Session& session) {
  std::vector<std::string> names;
  const Contract* first = nullptr;
  for (Target& target : others) {
    const Call other(call.visit, std::move(target));
    if (!FindsAll(other, session)) continue;
    names.push_back(other.target.contract.edition);
    if (first == nullptr) first = &other.target.contract;
  }
  if (first == nullptr || FindsAll(call, session)) return "";
  return "edition " + call.target.contract.edition + " of " + first->vendor +
         " answers and has no such thing; there is one in edition " + Join(names, " and ") +
         ". Nothing in the request says which edition is meant: " + WaysToChoose(*first);
}

}  // namespace mockduit
