// Responder: puts an answer into an HTTP response, in the documented form: status, headers, and the
// body with its holes filled and a scenario's changes applied.
#pragma once

#include "engine/answer.h"
#include "engine/call.h"
#include "engine/call_scope.h"

namespace mockduit {

// The session's lock must be held: ids are drawn from it.
Response Render(const Call& call, const Answer& answer, CallScope& scope);

// The answer that a play with a status of its own gives, without any documented outcome.
Response RenderPlayed(const Play& play, CallScope& scope);

}  // namespace mockduit
