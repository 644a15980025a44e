// The Connect Card: a link with a signed token by which an end user finishes a connection's setup.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"

namespace mockduit::fivetran {

// {"token", "uri"} for a connection (its id, group_id and connected_by are read) of that account,
// and its connect_card_config. The token is an HS256 JWT with the payload seen in the
// documentation; the key it is signed with is Mockduit's own.
// `base` is the URL in front of the path of its page.
Json MakeConnectCard(const Json& connection, const Json& config, std::string_view account,
                     std::string_view base, Time now);
// The id of the connection that a card's token is for; nothing where it is no such token, or is
// older than a day.
std::optional<std::string> ConnectionOfCard(std::string_view token, Time now);

}  // namespace mockduit::fivetran
