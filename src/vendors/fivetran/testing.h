// What connections and destinations share: the setup tests that they run, and what is approved in
// them or before them.
#pragma once

#include <memory>

#include "engine/effect.h"
#include "vendors/fivetran/knowledge.h"

namespace mockduit::fivetran {

class TestingBehaviour : public EffectBehaviour {
 public:
  TestingBehaviour(Declared declared, std::shared_ptr<const Knowledge> knowledge)
      : EffectBehaviour(std::move(declared)), knowledge_(std::move(knowledge)) {}

 protected:
  const Services& services() const { return knowledge_->services; }
  const Types& types() const { return knowledge_->types; }
  const Knowledge& knowledge() const { return *knowledge_; }
  // Runs the tests of the resource's service with what it now holds, and gives their results.
  // What it meets and the request trusts is approved from now on, for the resource of that id.
  // `scripted` says how they end in place of the scenario's play.
  Json RunTests(SetupTests::Of of, const Call& call, const Json& request, const Json& resource,
                World& world, const Json* scripted = nullptr) const;

 private:
  std::shared_ptr<const Knowledge> knowledge_;
};

// The behaviour, with the vendor's knowledge; `parts` are what its constructor takes besides.
template <class Kind, class... Parts>
Result<std::unique_ptr<const Behaviour>> MakeTesting(const Vendor& vendor,
                                                     const Operation& operation,
                                                     SharedKnowledge& shared, Parts&&... parts) {
  auto knowledge = shared.Of(vendor);
  if (!knowledge) return Fail(operation.name + ": " + knowledge.error().message);
  return MakeEffect<Kind>(operation, std::move(*knowledge), std::forward<Parts>(parts)...);
}

}  // namespace mockduit::fivetran
