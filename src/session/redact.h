// Takes the secrets out of a request before the journal keeps it.
#pragma once

#include "base/json.h"
#include "http/message.h"

namespace mockduit {

inline constexpr std::string_view kRedacted = "[redacted]";

// Credentials in headers and in the query, and the values of body fields whose names tell of a
// secret. `body` is the parsed body, or nullptr when it is no JSON: then a body that names a secret
// is not kept at all.
void Redact(Request& request, const Json* body);

// True for names such as password, client_secret, api_key, auth_fields.
bool NamesSecret(std::string_view name);

}  // namespace mockduit
