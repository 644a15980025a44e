// Takes the secrets out of an exchange before the journal keeps it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "http/message.h"

namespace mockduit {

inline constexpr std::string_view kRedacted = "[redacted]";

// Credentials in headers and in the query, and the values of body fields whose names tell of a
// secret. `body` is the parsed body, or nullptr when it is no JSON: then a body that names a secret
// is not kept at all.
void Redact(Request& request, const Json* body);
// The same of an answer's body: the text without its secrets, or nothing where it has none. What
// the vendor has masked itself ("******") stays as it is.
std::optional<std::string> WithoutSecrets(const std::string& body);

// True for names such as password, client_secret, api_key, auth_fields.
bool NamesSecret(std::string_view name);

}  // namespace mockduit
