// Answer: what the pipeline decided, before it is put into bytes.
#pragma once

#include <optional>
#include <string>

#include "contract/contract.h"
#include "http/message.h"
#include "session/world.h"

namespace mockduit {

struct Answer {
  // A documented outcome; nullptr when `own` is set, and when a play says its status itself.
  const Outcome* outcome = nullptr;
  std::string variant;    // "" = the default
  bool scripted = false;  // played, not earned: the documented body is sent to the letter
  bool example = false;   // the documented example as it stands, with nothing filled in
  Known known;            // what the effect gave, for the outcome's holes

  std::optional<Response> own;  // the emulator's own answer
};

}  // namespace mockduit
