// Guard: who may use the control API. Without it, any page in a developer's browser could.
#pragma once

#include <optional>
#include <string>

#include "http/message.h"

namespace mockduit {

struct GuardSettings {
  std::string token;       // "" = none is asked for
  bool open_host = false;  // the server listens to other machines on purpose
  std::string public_url;  // its host is good, too; may be ""
};

// The refusal, or nothing when the request may go on: a foreign Origin is refused always, a Host
// that is not this machine unless the server was opened (DNS rebinding), and what does not bear the
// token. `is_health`: whoever asks only for that needs no token.
std::optional<Response> Guard(const GuardSettings& settings, const Request& request,
                              bool is_health);

}  // namespace mockduit
