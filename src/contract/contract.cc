#include "contract/contract.h"

#include <algorithm>

#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

// A pointer to the first item whose `member` is `wanted`, or nullptr.
template <class Items, class Member, class Wanted>
auto* FindBy(Items& items, Member member, const Wanted& wanted) {
  const auto found = std::ranges::find(items, wanted, member);
  return found != items.end() ? &*found : nullptr;
}

// JSON is listed as application/json for all that is JSON, unless the vendor means that type alone.
int ClosenessOf(const BodyType& listed, std::string_view type, const RequestRules& rules) {
  const int closeness = Closeness(listed.type, type);
  if (closeness > 0 || listed.kind != BodyKind::kJson || rules.only_listed_json) return closeness;
  constexpr std::string_view kApplication = "application/";
  const bool is_other = rules.only_application_json &&
                        !EqualsIgnoringCase(type.substr(0, kApplication.size()), kApplication);
  const bool is_json = EqualsIgnoringCase(WithoutParameters(listed.type), "application/json") &&
                       KindOfType(type) == BodyKind::kJson && !is_other;
  return is_json ? 1 : 0;
}

}  // namespace

std::string Variant::TypeFor(std::string_view accept) const {
  return range.empty() ? type : TypeInside(range, accept, body->example.IsString());
}

const Variant* Outcome::FindVariant(std::string_view variant) const {
  return variant.empty() ? &variants.front() : FindBy(variants, &Variant::name, variant);
}

const Variant* Outcome::FindAccepted(std::string_view accept, const Variant& by_default,
                                     bool any) const {
  std::vector<const Variant*> choices;
  std::vector<std::string> types_sent;
  for (const std::string& type : types) {
    const auto of_type = std::ranges::find_if(variants, [&](const Variant& variant) {
      return variant.type == type && (any || variant.name == by_default.name);
    });
    if (of_type == variants.end()) continue;
    choices.push_back(&*of_type);
    types_sent.push_back(of_type->TypeFor(accept));
  }
  const std::vector<std::string_view> names(types_sent.begin(), types_sent.end());
  const auto chosen = ChooseType(accept, names);
  return chosen ? choices[*chosen] : nullptr;
}

const BodyType& Operation::UsualBody() const {
  const BodyType* json = FindBy(bodies(), &BodyType::kind, BodyKind::kJson);
  return json != nullptr ? *json : bodies().front();
}

const BodyType* Operation::FindBody(std::string_view content_type) const {
  if (bodies().empty()) return nullptr;
  if (Trim(content_type).empty()) return &UsualBody();
  if (bodies().front().type == content_type) return &bodies().front();
  const BodyType* found = nullptr;
  int closest = 0;
  for (const BodyType& listed : bodies()) {
    const int closeness = ClosenessOf(listed, content_type, contract->requests);
    if (closeness <= closest) continue;
    closest = closeness;
    found = &listed;
  }
  return found;
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

bool Contract::TakesSlash(std::string_view path) const {
  return trailing_slash && std::ranges::none_of(slash_counts, [&](const std::string& strict) {
           return path == strict || path.starts_with(strict + "/");
         });
}

const Declined* Contract::FindDeclined(std::string_view method, std::string_view path) const {
  const auto found = std::ranges::find_if(declined, [&](const Declined& one) {
    if (!one.method.empty() && one.method != method) return false;
    return one.path.Matches(path) || std::ranges::any_of(one.aliases, [&](const Alias& alias) {
             return alias.path.Matches(path);
           });
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
