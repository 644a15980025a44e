// Selector: "~scenario@session", how a request says which scenario and which world it is for. It
// stands in the first path segment, in two headers, or at the end of the credential.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace mockduit {

struct Selector {
  std::string scenario;  // "" = the session's own
  std::string session;   // "" = default

  bool empty() const { return scenario.empty() && session.empty(); }
  // As it is written: "~rate-limited@checkout-7", or "".
  std::string Text() const;
};

// Reads "~scenario", "@session" or "~scenario@session". The error says what is malformed.
Result<Selector> ParseSelector(std::string_view text);

// Where the selector begins in a credential ("my-key~rate-limited@checkout-7"), or npos.
std::size_t SelectorStart(std::string_view credential);

}  // namespace mockduit
