// Behaviour: what an operation does to its session's world. Most are said in the contract (an
// effect); a vendor writes one in C++ only where data cannot say it.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/language/template.h"
#include "engine/call.h"

namespace mockduit {

// A documented outcome that the behaviour met instead of success.
struct Met {
  std::string outcome;
  std::string variant;  // "" = the default
  Known known;          // for the outcome's holes
};

class Behaviour {
 public:
  virtual ~Behaviour() = default;

  // Adds violations that the schema cannot find. Called once the schema has added its own; the
  // body, where the operation has one, is a JSON object by then. No lock is held.
  virtual void Validate(const Call& /*call*/, std::vector<Violation>& /*violations*/) const {}

  // Does what must be done before the world is locked, such as calling another server. Called once
  // the request is found good; no lock is held.
  virtual void Prepare(Call& /*call*/) const {}

  // Does the work and gives what the success answer's holes are filled from. The session's lock is
  // held. `scope` fills templates for this call.
  virtual std::expected<Known, Met> Run(const Call& call, Session& session, Scope& scope) const = 0;
};

// Makes a behaviour for a vendor's operation; the error names what is wrong with the vendor's data.
using BehaviourFactory =
    std::function<Result<std::unique_ptr<const Behaviour>>(const Vendor&, const Operation&)>;
// By the name that contracts call it by: "fivetran.create_connection".
using BehaviourTable = std::map<std::string, BehaviourFactory, std::less<>>;

// What the operation's contract asks for: the behaviour it names, else its generic effect, else the
// documented example as it stands.
Result<std::unique_ptr<const Behaviour>> MakeBehaviour(const Vendor& vendor,
                                                       const Operation& operation,
                                                       const BehaviourTable& table);

// "fivetran" and "connection" as the store's kind: "fivetran.connection".
std::string KindOf(const Operation& operation, std::string_view kind);

}  // namespace mockduit
