// Behaviour: what an operation does to its session's world. Most are said in the contract (an
// effect); a vendor writes one in C++ only where data cannot say it.
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/language/template.h"
#include "engine/answer.h"
#include "engine/call.h"

namespace mockduit {

// A documented outcome that the operation came to instead of success.
struct Failure {
  OutcomeChoice choice;
  Facts facts{};  // for the outcome's templates
};

// Another server that must be called before the operation happens.
struct OutsideCall {
  std::string url;
  Message message;
  std::chrono::milliseconds timeout{};
  bool head = false;  // it is only asked whether it is there, by HEAD
};

class Behaviour {
 public:
  virtual ~Behaviour() = default;

  // Adds violations that the schema cannot find. Called once the schema has added its own; the
  // body, where the operation has one, is a JSON object by then. No lock is held.
  virtual void Validate(const Call& /*call*/, std::vector<Violation>& /*violations*/) const {}

  // True for an operation that may have to call another server first: then FindOutside is asked.
  virtual bool calls_outside() const { return false; }
  // Which server that is, or nothing. What it answers is in `call.outside` when the operation runs.
  virtual std::optional<OutsideCall> FindOutside(const Call& /*call*/, const World& /*world*/,
                                                 Scope& /*scope*/) const {
    return std::nullopt;
  }

  // Does the work and gives the facts that the success answer's templates know. `scope` fills
  // templates for this call.
  virtual std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const = 0;
};

// Makes a behaviour for a vendor's operation. It finds each outcome that the behaviour may come to
// in the operation's contract (OutcomeChoice::Find), so that none is missing later; the error names
// what is wrong with the contract or with the vendor's data.
using BehaviourFactory =
    std::function<Result<std::unique_ptr<const Behaviour>>(const Vendor&, const Operation&)>;
// By the name that contracts call it by: "acme.create_box".
using BehaviourTable = std::map<std::string, BehaviourFactory, std::less<>>;

}  // namespace mockduit
