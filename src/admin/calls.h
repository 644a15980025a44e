// The calls of the control API, each a function from what was asked to the answer. control_api.cc
// has the table of them, openapi.yaml describes them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "contract/catalog.h"
#include "engine/metrics.h"
#include "http/message.h"
#include "scenario/scenario_library.h"
#include "session/sessions.h"

namespace mockduit {

// What the calls work on. All of it outlives every call.
struct ControlRooms {
  const Catalog& catalog;
  ScenarioLibrary& scenarios;
  Sessions& sessions;
  const Metrics& metrics;
  std::string version;
  std::string_view openapi;                  // the document, as JSON
  std::function<Result<void>()> save_state;  // empty: the server keeps none
  std::string authority;                     // PEM; "": the server has none of its own
};

struct ControlCall {
  const ControlRooms& rooms;
  const Request& request;
  std::string name;  // the session's or the scenario's
  std::string id;    // the exchange's, where the call is about one
};

// An error becomes a problem whose status goes by the error's kind (control_api.cc).
using ControlFunction = Result<Response> (*)(const ControlCall&);

// server_calls.cc
Result<Response> GetHealth(const ControlCall& call);
Result<Response> GetOperations(const ControlCall& call);
Result<Response> GetOpenApi(const ControlCall& call);
Result<Response> GetMetrics(const ControlCall& call);
Result<Response> GetAuthority(const ControlCall& call);
Result<Response> SaveState(const ControlCall& call);

// scenario_calls.cc
Result<Response> ListScenarios(const ControlCall& call);
Result<Response> GetScenario(const ControlCall& call);
Result<Response> PutScenario(const ControlCall& call);
Result<Response> DeleteScenario(const ControlCall& call);

// session_calls.cc
Result<Response> ListSessions(const ControlCall& call);
Result<Response> GetSession(const ControlCall& call);
Result<Response> PutSession(const ControlCall& call);
Result<Response> DropSession(const ControlCall& call);
Result<Response> ResetSession(const ControlCall& call);
Result<Response> GetClock(const ControlCall& call);
Result<Response> PutClock(const ControlCall& call);
Result<Response> AdvanceClock(const ControlCall& call);
Result<Response> GetStore(const ControlCall& call);
Result<Response> PutStore(const ControlCall& call);
Result<Response> DiffStore(const ControlCall& call);
Result<Response> ListDeliveries(const ControlCall& call);

// journal_calls.cc
Result<Response> ListRequests(const ControlCall& call);
Result<Response> ClearRequests(const ControlCall& call);
Result<Response> GetRequest(const ControlCall& call);
Result<Response> CountRequests(const ControlCall& call);
Result<Response> GetProgress(const ControlCall& call);
Result<Response> GetEvents(const ControlCall& call);

// verify_calls.cc: of one session, and of all.
Result<Response> GetVerdicts(const ControlCall& call);
Result<Response> GetAllVerdicts(const ControlCall& call);
Result<Response> GetCoverage(const ControlCall& call);
Result<Response> GetAllCoverage(const ControlCall& call);
Result<Response> GetReport(const ControlCall& call);
Result<Response> GetWholeReport(const ControlCall& call);

// What they share.
Response NoContent();
std::unexpected<Error> NotFound(std::string_view kind, const std::string& name,
                                const std::vector<std::string>& known);
// 422, with every problem, its place and its text.
Response Unprocessable(const std::vector<Problem>& problems);
// The body as an object with no other keys than `keys`; an empty body is an empty object.
Result<Json> ReadObject(const Request& request, const std::vector<std::string>& keys);
// "polling-sane.most": a parameter of a check, whose name has a dot.
bool IsCheckParameter(std::string_view name);
// Fails when the call's name cannot be a session's.
Result<void> CheckName(const ControlCall& call);
// The session that the call names. It comes into being on first use like any other, but a call that
// only looks (GET) makes none: it sees what a new one would be. Fails as CheckName does.
Result<std::shared_ptr<SharedSession>> SessionOf(const ControlCall& call);
// What `use` makes of that session, which it has to itself meanwhile.
template <class Use>
Result<Response> WithSession(const ControlCall& call, Use use) {
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  return use(*(*session)->Enter());
}

}  // namespace mockduit
