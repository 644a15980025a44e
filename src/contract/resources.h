// Checks of resources in the form in which a store gives and takes them:
// {"vendor.kind": {"id": resource, …}, …}. Sessions use them before they put any into a store.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "contract/catalog.h"

namespace mockduit {

// Succeeds when the JSON has that form. Else the error names the place.
Result<void> CheckShape(const Json& resources);

// Succeeds when, in addition, the catalog has every vendor, kind and member, and no id is empty.
// Else the error names the place and the nearest name. A kind that declares no members takes any.
// So does a member for which the kind declares no members of its own: a request may have put
// anything there. This is for what users write. The state that a server has saved needs CheckShape
// alone, since its contracts may have changed.
Result<void> CheckResources(const Json& resources, const Catalog& catalog);

}  // namespace mockduit
