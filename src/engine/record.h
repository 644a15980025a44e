// Record: what the journal keeps of a request and its answer, and what the answer's own headers say
// of where it comes from.
#pragma once

#include <string>
#include <vector>

#include "engine/answer.h"
#include "engine/call.h"
#include "engine/render.h"
#include "session/exchange.h"
#include "session/redact.h"

namespace mockduit {

struct Described {
  Exchange exchange;
  std::vector<std::string> credentials;  // that were sent, and that its answer may repeat
};

// The exchange, its secrets taken out of the request; the answer's are still in it. `call` is
// nullptr where no operation answers. Takes the request out of the visit.
Described Describe(const Redactor& redactor, Visit& visit, const Call* call, const Answer& answer,
                   Rendered rendered);

// Takes the exchange and keeps it in its session's journal, and gives the answer as it is sent,
// stamped with the X-Mockduit-* headers. One that was overtaken by a reset is kept nowhere.
Response Record(const Redactor& redactor, const Visit& visit, const Call* call,
                const Answer& answer, Described& described);

}  // namespace mockduit
