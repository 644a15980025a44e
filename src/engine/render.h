// Render: puts an answer into an HTTP response: in the documented form, its holes filled, with what
// the scenario changes.
#pragma once

#include <optional>

#include "engine/answer.h"
#include "engine/call.h"
#include "session/session.h"

namespace mockduit {

struct Rendered {
  Response response;
  std::optional<AnnouncedWait> retry_after;  // that it announces
  bool too_long = false;                     // it is more than the visit allows, and not whole
};

// `call` is nullptr where no operation answers. An own answer is moved out.
Rendered Render(const Visit& visit, const Call* call, Answer& answer, Session& session);

}  // namespace mockduit
