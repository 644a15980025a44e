// The problems that Mockduit answers with itself, as application/problem+json (RFC 9457): one table
// for the control API and the emulator. They never look like a vendor's answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/json.h"
#include "http/message.h"

namespace mockduit {

enum class ProblemId : std::uint8_t {
  // Of a request to the emulator.
  kMalformedSession,
  kUnknownScenario,
  kNoOperation,
  kNotEmulated,
  kBadPreference,
  kUndocumentedCode,
  kUnknownExample,
  kNotInContract,
  kNotDocumented,
  kSessionReset,
  kAnswerTooLong,
  kNoNetwork,
  kNoRoom,
  // Of a call of the control API.
  kBadRequest,
  kTokenNeeded,
  kForeignOrigin,
  kForeignHost,
  kForeignTarget,
  kControlClosed,
  kNotFound,
  kNoCall,
  kMethodNotAllowed,
  kConflict,
  kMistakes,
  kCallFailed,
};

struct ProblemKind {
  ProblemId id;
  int status;
  std::string_view title;
};

// Every kind, in the order of ProblemId.
std::span<const ProblemKind> ProblemKinds();
const ProblemKind& KindOf(ProblemId id);

// `detail` says what is wrong with this request; `more` are further members: {"nearest": […]}.
Response ProblemAnswer(ProblemId id, std::string_view detail, Json::Object more = {});
// The answers that clients have not read yet would hold more bytes than they may with this one.
Response NoRoomForAnswer(std::size_t most);
// What the HTTP door refused: the status alone says which problem it is.
Response RefusedAnswer(int status, std::string_view detail);

Response JsonAnswer(int status, const Json& body);

}  // namespace mockduit
