// How a connection reaches its source, which it tells twice: by its networking_method, and by the
// connection_type in the config of a service that has one.
#pragma once

#include "base/json.h"
#include "vendors/fivetran/types.h"

namespace mockduit::fivetran {

// Has both say what the request says of either. A request that names an SSH tunnel and says nothing
// of the way means that tunnel. Where both are sent, each stays as it is (inferred).
void AlignNetworking(const Json& request, const Types& types, Json& connection);

}  // namespace mockduit::fivetran
