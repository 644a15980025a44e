// EffectBehaviour: does what an operation's contract declares as its effect on the world. A
// vendor's behaviour derives from it where data says most, but not all.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/behaviour.h"

namespace mockduit {

// The outcomes that an effect may come to, found in its operation's contract.
struct EffectOutcomes {
  std::vector<std::optional<OutcomeChoice>> needs;  // by need; nothing: it may be missing
  std::vector<OutcomeChoice> refusals;              // by refusal
  std::optional<OutcomeChoice> taken;
  std::optional<OutcomeChoice> absent;
  std::optional<OutcomeChoice> bad_cursor;
};

class EffectBehaviour : public Behaviour {
 public:
  // An operation that has an effect, and the effect's outcomes. The operation must outlive it.
  class Declared {
   public:
    // The error names what the contract lacks.
    static Result<Declared> Make(const Operation& operation);

    const Operation& operation() const { return *operation_; }
    const Effect& effect() const { return *operation_->effect(); }
    const EffectOutcomes& outcomes() const { return outcomes_; }

   private:
    explicit Declared(const Operation& operation) : operation_(&operation) {}

    const Operation* operation_;  // never nullptr
    EffectOutcomes outcomes_;
  };

  explicit EffectBehaviour(Declared declared) : declared_(std::move(declared)) {}

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override;

 protected:
  // What a vendor's code does to a resource that is made, changed or replaced, before the store
  // takes it. It may change others, once nothing can fail any more.
  virtual std::expected<void, Failure> Adjust(const Call& /*call*/, World& /*world*/,
                                              Json& /*resource*/) const {
    return {};
  }
  // What the answer shows of the resource. Of an effect that masks it, the scope knows it, too.
  virtual Json Show(const Call& /*call*/, Json resource, Scope& scope) const;

  const Operation& operation() const { return declared_.operation(); }
  const Effect& effect() const { return declared_.effect(); }
  const EffectOutcomes& outcomes() const { return declared_.outcomes(); }

 private:
  class Doing;

  const Declared declared_;
};

// Such a behaviour, of the vendor's class `Kind`; `parts` are what its constructor takes besides.
template <class Kind, class... Parts>
Result<std::unique_ptr<const Behaviour>> MakeEffect(const Operation& operation, Parts&&... parts) {
  auto declared = EffectBehaviour::Declared::Make(operation);
  if (!declared) return std::unexpected(declared.error());
  return std::make_unique<Kind>(std::move(*declared), std::forward<Parts>(parts)...);
}

}  // namespace mockduit
