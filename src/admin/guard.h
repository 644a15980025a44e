// Guard: who may use the control API. Without it, any page in a developer's browser could.
#pragma once

#include <optional>
#include <string>

#include "http/message.h"
#include "http/own_names.h"

namespace mockduit {

struct GuardSettings {
  std::string token;    // "" = none is asked for
  bool closed = false;  // nobody may call: it listens beyond this machine, without a token
  OwnNames names;
};

// The refusal, or nothing when the request may go on. Refused is what a page of another origin
// sends, also one of the same site; what calls the server by a name that is not its own (DNS
// rebinding); and what does not bear the token. `is_health`: whoever asks only for that needs no
// token.
std::optional<Response> Guard(const GuardSettings& settings, const Request& request,
                              bool is_health);

}  // namespace mockduit
