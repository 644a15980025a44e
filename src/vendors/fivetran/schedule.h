// When a connection's syncs start by themselves: its schedule as a cron expression, in UTC.
#pragma once

#include <string>

#include "base/json.h"
#include "session/store.h"

namespace mockduit::fivetran {

// Lays what a `schedule` of the request says over the connection's older fields, and writes down in
// its `sync_cron` when its syncs start; without that member none does by itself.
void Schedule(const Json& request, const Store& store, Json& connection);

}  // namespace mockduit::fivetran
