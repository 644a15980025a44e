// Problems: what the emulator answers in its own words (application/problem+json, RFC 9457), where
// no vendor could have caused it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/catalog.h"
#include "engine/answer.h"
#include "engine/call.h"
#include "engine/selector.h"

namespace mockduit {

Answer MalformedSession(const MalformedName& malformed);
Answer UnknownScenario(const std::string& scenario, const std::vector<std::string>& known);
Answer NoSuchOperation(const Sent& sent, const Catalog& catalog);
Answer NoOutcomeFor(const Contract& contract, std::string_view condition);
// What the vendor documents and nobody emulates.
Answer NotEmulated(const Sent& sent, const Declined& declined);
Answer BadPreference(const std::string& reason);
Answer UndocumentedCode(const Operation& operation, int code);
Answer UndocumentedExample(const Outcome& outcome, const std::string& example);
Answer UndocumentedPlay(const Operation& operation, const Play& play);
// The session was reset while the request was under way.
Answer Overtaken();
// The operation would call a server that this one may not call.
Answer ForeignTarget(const std::string& address);
// The answer would be longer than that.
Answer AnswerTooLong(std::size_t max_bytes);
// It would be one too many of those that clients have not read yet.
Answer NoRoom(std::size_t max_under_way);
// The request's body is in a Content-Encoding that is not known.
Answer UnknownCoding();
// A request that the HTTP door could not take.
Answer Refused(int status, const std::string& reason);

}  // namespace mockduit
