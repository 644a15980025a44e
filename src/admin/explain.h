// Explain: why a request was, or was not, decided by the rules of the scenario that it met.
#pragma once

#include "base/json.h"
#include "scenario/scenario.h"
#include "session/exchange.h"

namespace mockduit {

// {"decided_by": NAME|null, "rules": [{"name", "matches", "misses": [{"condition", "wanted",
// "got"}]}]}. `elapsed` is how long the session had met the scenario then. The conditions are held
// against what the journal kept, in which secrets are replaced and long bodies cut.
Json Explain(const Exchange& exchange, const Scenario& scenario, Duration elapsed);

// What a match is held against, as far as the journal kept it. Points into both.
MatchInput InputOf(const Exchange& exchange, const std::optional<Json>& body);
// The body of a kept request, when it is JSON.
std::optional<Json> BodyOf(const Exchange& exchange);

}  // namespace mockduit
