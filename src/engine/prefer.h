// The request header Prefer (RFC 7240), of which two preferences are ours: `code=429` picks one
// documented outcome for this request alone, `example=NAME` one of its variants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mockduit {

struct Preference {
  int code = 0;
  std::string example;  // "" = the default
};

// Nothing when `header` prefers no code. The error says what is wrong with a code it does prefer.
Result<std::optional<Preference>> ReadPrefer(std::string_view header);

// What of the header is for the vendor: "respond-async" of "respond-async, code=429"; "" where all
// of it is ours.
std::string WithoutOurs(std::string_view header);

}  // namespace mockduit
