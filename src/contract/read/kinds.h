// What a contract that declares no kinds has of them: all that it stores. The catalog gathers it
// from all files of a vendor before it reads them.
#pragma once

#include "base/json.h"
#include "contract/language/kind.h"

namespace mockduit {

// Adds the kinds that the effects and lifecycles of a document, or one of its parts, store.
void GatherKinds(const Json& document, Kinds& kinds);
// Adds the kinds of a seed's resources.
void GatherSeedKinds(const Json& seed, Kinds& kinds);

}  // namespace mockduit
