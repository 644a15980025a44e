#include "admin/control_api.h"

#include <algorithm>

#include "base/percent.h"
#include "base/suggest.h"
#include "base/text.h"
#include "http/nearest_routes.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr std::string_view kHealth = "/__admin/health";

// What stands in a path where its template has a variable of that name; "" when there is none.
std::string Variable(const UriTemplate& path, std::string_view called, std::string_view name) {
  const auto parts = SplitPath(called);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const UriTemplate::Segment& segment = path.segments()[i];
    if (segment.is_variable && segment.text == name) return PercentDecode(parts[i]);
  }
  return "";
}

// The only place where an error's kind becomes a status.
ProblemId ProblemOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid: return ProblemId::kBadRequest;
    case ErrorKind::kNotFound: return ProblemId::kNotFound;
    case ErrorKind::kConflict: return ProblemId::kConflict;
    case ErrorKind::kIo: return ProblemId::kCallFailed;
  }
  return ProblemId::kCallFailed;
}

// Fails when the query has a parameter that the call does not know.
Result<void> CheckQuery(const ControlApi::Entry& entry, std::string_view query) {
  while (!query.empty()) {
    const std::string name = DecodeQueryPart(TakeParameter(query).name);
    if (std::ranges::find(entry.parameters, name) != entry.parameters.end()) continue;
    if (entry.check_parameters && IsCheckParameter(name)) continue;
    std::string known = "it has none";
    if (entry.check_parameters) {
      known = "those of checks are written check.parameter=value";
    } else if (!entry.parameters.empty()) {
      known = "it has " + Join(entry.parameters);
    }
    return Fail("'" + name + "' is no parameter of this call; " + known +
                DidYouMean(name, entry.parameters));
  }
  return {};
}

// Of one that its path names.
bool IsOfASession(const ControlApi::Entry& entry) {
  return entry.path.text().starts_with("/__admin/sessions/");
}

Response Answer(const ControlApi::Entry& entry, const ControlCall& call) {
  const auto known = CheckQuery(entry, call.request.query);
  auto answer = known ? entry.call(call) : std::unexpected(known.error());
  // Of a session that is gone there is nothing to see; whoever asks about it is told why.
  const std::string past = IsOfASession(entry) ? call.rooms.sessions.PastOf(call.name) : "";
  if (answer && !past.empty()) answer->headers.Add("X-Mockduit-Warning", past);
  if (answer) return std::move(*answer);
  return ProblemAnswer(ProblemOf(answer.error().kind), answer.error().message);
}

}  // namespace

const std::vector<ControlApi::Entry>& ControlApi::Table() {
  static const std::vector<Entry> kTable = [] {
    std::vector<Entry> table;
    const auto add = [&](std::string_view method, std::string_view path, ControlFunction call,
                         std::vector<std::string> parameters = {}) {
      table.push_back(
          {method, UriTemplate("/__admin" + std::string(path)), call, std::move(parameters)});
    };
    const auto add_judging = [&](std::string_view path, ControlFunction call,
                                 std::vector<std::string> parameters = {}) {
      add("GET", path, call, std::move(parameters));
      table.back().check_parameters = true;
    };
    const auto add_report = [&](std::string_view path, ControlFunction call) {
      for (const std::string_view method : {"GET", "POST"}) {
        add(method, path, call, {"format", "colours"});
        table.back().check_parameters = true;
      }
    };
    add("GET", "/health", &GetHealth);
    add("GET", "/openapi.json", &GetOpenApi);
    add("GET", "/operations", &GetOperations);
    add("GET", "/metrics", &GetMetrics);
    add("GET", "/ca.pem", &GetAuthority);
    add("POST", "/state/save", &SaveState);
    add("GET", "/scenarios", &ListScenarios);
    add("GET", "/scenarios/{name}", &GetScenario);
    add("PUT", "/scenarios/{name}", &PutScenario);
    add("DELETE", "/scenarios/{name}", &DeleteScenario);
    add("GET", "/sessions", &ListSessions);
    add("GET", "/sessions/{name}", &GetSession);
    add("PUT", "/sessions/{name}", &PutSession);
    add("DELETE", "/sessions/{name}", &DropSession);
    add_judging("/verdicts", &GetAllVerdicts);
    add_judging("/coverage", &GetAllCoverage, {"only_called"});
    add_report("/report", &GetWholeReport);
    add_judging("/sessions/{name}/verdicts", &GetVerdicts);
    add_judging("/sessions/{name}/coverage", &GetCoverage, {"only_called"});
    add_report("/sessions/{name}/report", &GetReport);
    for (const std::string of : {"/sessions/{name}", ""}) {
      add("POST", of + "/reset", &ResetSession);
      add("GET", of + "/clock", &GetClock);
      add("PUT", of + "/clock", &PutClock);
      add("POST", of + "/clock/advance", &AdvanceClock);
      add("GET", of + "/requests", &ListRequests,
          {"operation", "outcome", "status", "after", "limit"});
      add("DELETE", of + "/requests", &ClearRequests);
      add("POST", of + "/requests/count", &CountRequests);
      add("GET", of + "/requests/{id}", &GetRequest);
      add("GET", of + "/progress", &GetProgress);
      add("GET", of + "/store", &GetStore);
      add("PUT", of + "/store", &PutStore);
      add("GET", of + "/store/diff", &DiffStore);
      add("GET", of + "/deliveries", &ListDeliveries);
      add("GET", of + "/events", &GetEvents, {"after"});
    }
    return table;
  }();
  return kTable;
}

bool ControlApi::Owns(std::string_view path) {
  return path == "/__admin" || path.starts_with("/__admin/");
}

Response ControlApi::Handle(const Request& request) const {
  if (auto refusal = Guard(guard_, request, request.path == kHealth)) return std::move(*refusal);
  Response response = Dispatch(request);
  auto held = rooms_.sessions.HoldAnswer(response.body.size());
  if (!held) return NoRoomForAnswer(rooms_.sessions.most_under_way());
  response.held = std::move(*held);
  return response;
}

Response ControlApi::Dispatch(const Request& request) const {
  std::vector<std::string_view> allowed;
  for (const Entry& entry : Table()) {
    if (!entry.path.Matches(request.path)) continue;
    const bool head = request.method == "HEAD" && entry.method == "GET";
    if (entry.method != request.method && !head) {
      allowed.push_back(entry.method);
      continue;
    }
    const std::string name = Variable(entry.path, request.path, "name");
    return Answer(entry, {rooms_, request, name.empty() ? std::string(kDefaultSession) : name,
                          Variable(entry.path, request.path, "id")});
  }
  if (!allowed.empty()) {
    Response response =
        ProblemAnswer(ProblemId::kMethodNotAllowed, request.path + " takes " + Join(allowed));
    response.headers.Add("Allow", Join(allowed));
    return response;
  }
  std::vector<KnownRoute> calls;
  for (const Entry& entry : Table()) calls.push_back({entry.method, &entry.path});
  Json nearest = Json::MakeArray();
  for (auto& call : NearestRoutes(request.method, request.path, calls)) {
    nearest.Append(std::move(call));
  }
  return ProblemAnswer(ProblemId::kNoCall,
                       "the control API has no " + request.path +
                           "; GET /__admin/openapi.json describes what it has",
                       {{"nearest", std::move(nearest)}});
}

}  // namespace mockduit
