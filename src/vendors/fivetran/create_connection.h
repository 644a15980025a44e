// Fivetran's create: what depends on the service. It checks the service and its schema fields, runs
// the setup tests, masks the secrets and makes the Connect Card.
#pragma once

#include "engine/behaviour.h"

namespace mockduit::fivetran {

Result<std::unique_ptr<const Behaviour>> MakeCreateConnection(const Vendor& vendor,
                                                              const Operation& operation);

}  // namespace mockduit::fivetran
