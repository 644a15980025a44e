// The JSON by which the control API describes operations, scenarios and sessions. The command line
// prints from the same.
#pragma once

#include "base/json.h"
#include "contract/catalog.h"
#include "scenario/scenario_library.h"
#include "session/session.h"

namespace mockduit {

// {"operations": […]}: each with its editions, and their outcomes, variants and sources.
Json DescribeOperations(const Catalog& catalog);
// One of them, by its name. What is read for it is let go: nobody else may know the catalog.
Json DescribePassing(const Catalog& catalog, const std::string& name);
// What the contracts decline, once for each edition that says so.
Json DescribeDeclined(const Catalog& catalog);
// {"scenarios": [{"name", "description"}]}
Json DescribeScenarios(const ScenarioLibrary& scenarios);
// A scenario with the text of its file.
Json DescribeScenario(const Scenario& scenario);
// A session of which the caller has the handle.
Json DescribeSession(Session& session);

}  // namespace mockduit
