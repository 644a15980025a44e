#include "engine/behaviour.h"

#include "base/suggest.h"

namespace mockduit {
namespace {

// The answer is the documented example.
class AnswerExample : public Behaviour {
 public:
  std::expected<Json, Met> Run(const Call& /*call*/, Session& /*session*/,
                               Scope& /*scope*/) const override {
    return Json();
  }
};

class CreateResource : public Behaviour {
 public:
  explicit CreateResource(const Operation& operation)
      : effect_(*operation.effect), kind_(KindOf(operation, operation.effect->kind)) {}

  std::expected<Json, Met> Run(const Call& /*call*/, Session& session,
                               Scope& scope) const override {
    Json resource = effect_.resource.Value(scope);
    const Json* id = resource.Find(effect_.id);
    session.store().Put(kind_, std::string(id != nullptr ? id->AsString() : ""), resource);
    return resource;
  }

 private:
  const Effect& effect_;
  std::string kind_;
};

}  // namespace

Result<std::unique_ptr<const Behaviour>> MakeBehaviour(const Vendor& vendor,
                                                       const Operation& operation,
                                                       const BehaviourTable& table) {
  if (!operation.behaviour.empty()) {
    const auto factory = table.find(operation.behaviour);
    if (factory != table.end()) return factory->second(vendor, operation);
    std::vector<std::string> names;
    for (const auto& [name, make] : table) names.push_back(name);
    return Fail("there is no behaviour '" + operation.behaviour + "'" +
                DidYouMean(operation.behaviour, names));
  }
  if (operation.effect) return std::make_unique<CreateResource>(operation);
  return std::make_unique<AnswerExample>();
}

std::string KindOf(const Operation& operation, std::string_view kind) {
  return operation.contract->vendor + "." + std::string(kind);
}

}  // namespace mockduit
