#include "engine/make_behaviour.h"

#include "base/suggest.h"
#include "engine/effect.h"

namespace mockduit {
namespace {

// The answer is the documented example.
class ExampleBehaviour : public Behaviour {
 public:
  std::expected<Facts, Failure> Run(const Call& /*call*/, World& /*world*/,
                                    Scope& /*scope*/) const override {
    return Facts();
  }
};

}  // namespace

Result<std::unique_ptr<const Behaviour>> MakeBehaviour(const Vendor& vendor,
                                                       const Operation& operation,
                                                       const BehaviourTable& table) {
  if (!operation.behaviour().empty()) {
    const auto factory = table.find(operation.behaviour());
    if (factory != table.end()) return factory->second(vendor, operation);
    std::vector<std::string> names;
    for (const auto& [name, make] : table) names.push_back(name);
    return Fail("there is no behaviour '" + operation.behaviour() + "'" +
                DidYouMean(operation.behaviour(), names));
  }
  if (operation.effect()) return MakeEffect<EffectBehaviour>(operation);
  return std::make_unique<ExampleBehaviour>();
}

}  // namespace mockduit
