// The Connect Card: a link with a signed token by which an end user finishes a connection's setup.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/time.h"

namespace mockduit::fivetran {

// {"token", "uri"} for a connection (its id, group_id and connected_by are read) of that account,
// and its connect_card_config. The token is an HS256 JWT with the payload seen in the
// documentation; the key it is signed with is Mockduit's own.
Json MakeConnectCard(const Json& connection, const Json& config, std::string_view account,
                     Time now);

}  // namespace mockduit::fivetran
