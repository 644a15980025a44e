// Fivetran's behaviours: what the data in the contract cannot say, because it depends on the
// service or needs another server.
#pragma once

#include "engine/behaviour.h"

namespace mockduit::fivetran {

using Made = Result<std::unique_ptr<const Behaviour>>;

// On top of `create: connection`: checks the service and its schema fields, names the schema, masks
// the secrets, runs the setup tests and makes the Connect Card.
Made MakeCreateConnection(const Vendor& vendor, const Operation& operation);

}  // namespace mockduit::fivetran
