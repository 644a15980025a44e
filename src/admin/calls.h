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
#include "scenario/library.h"
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
};

struct ControlCall {
  const ControlRooms& rooms;
  const Request& request;
  std::string name;  // the session's or the scenario's
  std::string id;    // the exchange's, where the call is about one
};

using ControlFunction = Response (*)(const ControlCall&);

// server_calls.cc
Response GetHealth(const ControlCall& call);
Response GetOperations(const ControlCall& call);
Response GetOpenApi(const ControlCall& call);
Response GetMetrics(const ControlCall& call);
Response SaveState(const ControlCall& call);

// scenario_calls.cc
Response ListScenarios(const ControlCall& call);
Response GetScenario(const ControlCall& call);
Response PutScenario(const ControlCall& call);
Response DeleteScenario(const ControlCall& call);

// session_calls.cc
Response ListSessions(const ControlCall& call);
Response GetSession(const ControlCall& call);
Response PutSession(const ControlCall& call);
Response DropSession(const ControlCall& call);
Response ResetSession(const ControlCall& call);
Response GetClock(const ControlCall& call);
Response PutClock(const ControlCall& call);
Response AdvanceClock(const ControlCall& call);
Response GetStore(const ControlCall& call);
Response PutStore(const ControlCall& call);
Response DiffStore(const ControlCall& call);
Response ListDeliveries(const ControlCall& call);

// journal_calls.cc
Response ListRequests(const ControlCall& call);
Response ClearRequests(const ControlCall& call);
Response GetRequest(const ControlCall& call);
Response CountRequests(const ControlCall& call);
Response GetProgress(const ControlCall& call);
Response GetEvents(const ControlCall& call);

// verify_calls.cc: of one session, and of all.
Response GetVerdicts(const ControlCall& call);
Response GetAllVerdicts(const ControlCall& call);
Response GetCoverage(const ControlCall& call);
Response GetAllCoverage(const ControlCall& call);
Response GetReport(const ControlCall& call);
Response GetWholeReport(const ControlCall& call);

// What they share.
Response BadRequest(const std::string& detail);
Response NoContent();
Response NotFound(std::string_view kind, const std::string& name,
                  const std::vector<std::string>& known);
// 422, with every problem, its place and its text.
Response Unprocessable(const std::vector<Problem>& problems);
// The body as an object with no other keys than `keys`; an empty body is an empty object.
Result<Json> ReadObject(const Request& request, const std::vector<std::string>& keys);
// Nothing where the call's name may be a session's, else the refusal.
std::optional<Response> RefuseName(const ControlCall& call);
// The session that the call names, which comes into being on first use like any other; nullptr when
// it is no name, and then `refusal` says so.
std::shared_ptr<SharedSession> SessionOf(const ControlCall& call, Response& refusal);

}  // namespace mockduit
