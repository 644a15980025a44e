// Telling: which answer says what happened. Conditions become the vendor's own outcomes by the
// contract's table; what no vendor could have caused is told by the emulator itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/catalog.h"
#include "engine/answer.h"
#include "engine/call.h"

namespace mockduit {

// The vendor's outcome for one of kConditions; the call's vendor and contract are known.
Answer Tell(const Call& call, std::string_view condition);
// The outcome that the call's play names, to the letter.
Answer TellPlayed(const Call& call);

Answer MalformedSession(const MalformedName& malformed);
Answer UnknownScenario(const std::string& scenario, const std::vector<std::string>& known);
Answer NothingThere(const Call& call, const Catalog& catalog);
Answer BadPreference(const std::string& reason);
Answer UndocumentedCode(const Call& call, int code);
Answer UndocumentedExample(const Outcome& outcome, const std::string& example);
Answer Refused(int status, const std::string& reason);

// Puts the X-Mockduit-* headers on: which exchange, session and scenario it was, which outcome, and
// the document that the answer follows. On a wrong method also Allow (RFC 9110, 15.5.6).
void Stamp(const Call& call, const Answer& answer, std::uint64_t exchange, Response& response);

}  // namespace mockduit
