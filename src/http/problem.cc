#include "http/problem.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"

namespace mockduit {
namespace {

using enum ProblemId;

constexpr std::array kProblemKinds = {
    ProblemKind{kMalformedSession, 400, "Malformed session name"},
    ProblemKind{kUnknownScenario, 400, "Unknown scenario"},
    ProblemKind{kNoOperation, 404, "No such operation"},
    ProblemKind{kNotEmulated, 501, "Documented, not emulated"},
    ProblemKind{kBadPreference, 400, "Bad preference"},
    ProblemKind{kUndocumentedCode, 400, "Undocumented code"},
    ProblemKind{kUnknownExample, 400, "Unknown example"},
    ProblemKind{kNotInContract, 501, "Not in the contract"},
    ProblemKind{kNotDocumented, 501, "Not documented"},
    ProblemKind{kSessionReset, 409, "Session reset"},
    ProblemKind{kAnswerTooLong, 507, "Answer too long"},
    ProblemKind{kNoNetwork, 502, "No network"},
    ProblemKind{kNoRoom, 507, "No room"},
    ProblemKind{kBadRequest, 400, "Bad request"},
    ProblemKind{kTokenNeeded, 401, "Token needed"},
    ProblemKind{kForeignOrigin, 403, "Foreign origin"},
    ProblemKind{kForeignHost, 403, "Foreign host"},
    ProblemKind{kForeignTarget, 403, "Foreign target"},
    ProblemKind{kControlClosed, 403, "Control API closed"},
    ProblemKind{kNotFound, 404, "Not found"},
    ProblemKind{kNoCall, 404, "No such call"},
    ProblemKind{kMethodNotAllowed, 405, "Method not allowed"},
    ProblemKind{kConflict, 409, "Conflict"},
    ProblemKind{kMistakes, 422, "Mistakes in what was sent"},
    ProblemKind{kCallFailed, 500, "Failed"},
};

// KindOf finds a kind by its place.
constexpr bool InOrder() {
  for (std::size_t i = 0; i < kProblemKinds.size(); ++i) {
    if (std::to_underlying(kProblemKinds[i].id) != i) return false;
  }
  return kProblemKinds.back().id == kCallFailed;
}
static_assert(InOrder());

Response Answer(int status, std::string_view title, std::string_view detail, Json::Object more) {
  Json problem = Json::MakeObject({{"type", "about:blank"},
                                   {"title", std::string(title)},
                                   {"status", status},
                                   {"detail", ValidUtf8(detail)}});
  for (JsonMember& member : more) problem.Set(member.key, std::move(member.value));
  return {status, {{"Content-Type", "application/problem+json"}}, problem.DumpPretty() + "\n"};
}

}  // namespace

std::span<const ProblemKind> ProblemKinds() { return kProblemKinds; }

const ProblemKind& KindOf(ProblemId id) { return kProblemKinds[std::to_underlying(id)]; }

Response ProblemAnswer(ProblemId id, std::string_view detail, Json::Object more) {
  const ProblemKind& kind = KindOf(id);
  return Answer(kind.status, kind.title, detail, std::move(more));
}

Response NoRoomForAnswer(std::size_t most) {
  return ProblemAnswer(ProblemId::kNoRoom,
                       "the answers that clients have not read yet would hold more than " +
                           std::to_string(most) +
                           " bytes with this one, a quarter of --max-memory");
}

Response RefusedAnswer(int status, std::string_view detail) {
  return Answer(status, ReasonPhrase(status), detail, {});
}

Response JsonAnswer(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, body.DumpPretty() + "\n"};
}

}  // namespace mockduit
