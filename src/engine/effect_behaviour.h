// EffectBehaviour: does what an operation's contract declares as its effect on the store. A
// vendor's behaviour derives from it where data says most, but not all.
#pragma once

#include <string>

#include "engine/behaviour.h"
#include "session/world.h"

namespace mockduit {

class EffectBehaviour : public Behaviour {
 public:
  // The operation must have an effect; Check says so.
  explicit EffectBehaviour(const Operation& operation)
      : operation_(operation), effect_(*operation.effect) {}

  // That there is an effect.
  static Result<void> Check(const Operation& operation);

  std::expected<Known, Met> Run(const Call& call, Session& session, Scope& scope) const override;

 protected:
  // What a vendor's code does to a resource that is made, changed or replaced, before the store
  // takes it.
  virtual std::expected<void, Met> Adjust(const Call& /*call*/, Session& /*session*/,
                                          Json& /*resource*/) const {
    return {};
  }
  // What the answer shows of the resource.
  virtual Json Show(const Call& /*call*/, const Json& resource, Scope& scope) const;

  const Operation& operation() const { return operation_; }
  const Effect& effect() const { return effect_; }

 private:
  class Doing;

  const Operation& operation_;
  const Effect& effect_;
};

// Such a behaviour, once its effect is checked.
template <class Kind, class... Parts>
Result<std::unique_ptr<const Behaviour>> MakeEffect(const Operation& operation, Parts&&... parts) {
  if (auto checked = EffectBehaviour::Check(operation); !checked) {
    return std::unexpected(checked.error());
  }
  return std::make_unique<Kind>(operation, std::forward<Parts>(parts)...);
}

}  // namespace mockduit
