// Explain: why a request was, or was not, decided by the rules of the scenario that it met.
#pragma once

#include "base/json.h"
#include "contract/catalog.h"
#include "scenario/scenario.h"
#include "session/exchange.h"

namespace mockduit {

// {"decided_by": NAME|null, "rules": [{"name", "matches", "misses": [{"condition", "wanted",
// "got"}]}]}. `elapsed` is how long the session had met the scenario then. The conditions are held
// against what the journal kept, in which secrets are replaced and long bodies cut.
Json Explain(const Exchange& exchange, const Scenario& scenario, Duration elapsed,
             const Catalog& catalog);

// The operation that was called, of the edition that answered; nullptr where none is known now.
const Operation* OperationOf(const Exchange& exchange, const Catalog& catalog);
// What a match is held against, as far as the journal kept it. Points into all three.
MatchInput InputOf(const Exchange& exchange, const std::optional<Json>& body,
                   const Catalog& catalog);
// The body of a kept request, when it is JSON.
std::optional<Json> BodyOf(const Exchange& exchange);

}  // namespace mockduit
