#include "admin/control_api.h"

#include <algorithm>
#include <charconv>

#include "admin/describe.h"
#include "base/suggest.h"
#include "engine/own_answers.h"
#include "http/uri.h"

namespace mockduit {
namespace {

Response NotFound(std::string_view kind, const std::string& name,
                  const std::vector<std::string>& known) {
  return ProblemAnswer(
      404, "Not found",
      "there is no " + std::string(kind) + " '" + name + "'" + DidYouMean(name, known));
}

Response NoContent() { return {204, {}, ""}; }

// The body as an object with no other keys than `keys`; an empty body is an empty object.
Result<Json> ReadObject(const Request& request, const std::vector<std::string>& keys) {
  if (request.body.empty()) return Json::MakeObject();
  auto body = Json::Parse(request.body);
  if (!body) {
    return Fail("the body is no JSON: " + body.error().message + " (at byte " +
                std::to_string(body.error().offset) + ")");
  }
  if (!body->IsObject()) return Fail("the body must be a JSON object");
  for (const JsonMember& member : *body->IfObject()) {
    if (std::ranges::find(keys, member.key) != keys.end()) continue;
    return Fail("'" + member.key + "' cannot be set here; it is one of " + OrList(keys) +
                DidYouMean(member.key, keys));
  }
  return std::move(*body);
}

Result<std::uint64_t> ReadCount(const Request& request, std::string_view name,
                                std::uint64_t fallback) {
  const auto text = QueryValue(request.query, name);
  if (!text) return fallback;
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (failure == std::errc() && end == text->data() + text->size()) return number;
  return Fail(std::string(name) + "=" + *text + " is no number");
}

Result<JournalFilter> ReadFilter(const Request& request) {
  JournalFilter filter;
  filter.operation = QueryValue(request.query, "operation").value_or("");
  filter.outcome = QueryValue(request.query, "outcome").value_or("");
  const auto status = ReadCount(request, "status", 0);
  if (!status) return std::unexpected(status.error());
  const auto after = ReadCount(request, "after", 0);
  if (!after) return std::unexpected(after.error());
  const auto limit = ReadCount(request, "limit", filter.limit);
  if (!limit) return std::unexpected(limit.error());
  filter.status = static_cast<int>(std::min<std::uint64_t>(*status, 999));
  filter.after = *after;
  filter.limit = *limit;
  return filter;
}

Result<Keep> ReadKeep(const Json& body) {
  static const std::vector<std::string> kParts = {"store", "journal", "scenario", "clock"};
  Keep keep;
  const Json* parts = body.Find("keep");
  if (parts == nullptr) return keep;
  if (!parts->IsArray()) return Fail("'keep' must be a list of " + OrList(kParts));
  for (const Json& part : *parts->IfArray()) {
    const std::string_view name = part.AsString();
    if (std::ranges::find(kParts, name) == kParts.end()) {
      return Fail("'" + std::string(name) + "' cannot be kept; it is one of " + OrList(kParts) +
                  DidYouMean(name, kParts));
    }
    keep.store = keep.store || name == "store";
    keep.journal = keep.journal || name == "journal";
    keep.scenario = keep.scenario || name == "scenario";
    keep.clock = keep.clock || name == "clock";
  }
  return keep;
}

Response BadRequest(const Error& error) { return ProblemAnswer(400, "Bad request", error.message); }

}  // namespace

const std::vector<ControlApi::Entry>& ControlApi::Table() {
  // The calls on one session stand twice: without a session they mean the default one.
  static const std::vector<Entry> kTable = {
      {"GET", UriTemplate("/__admin/health"), &ControlApi::Health},
      {"GET", UriTemplate("/__admin/operations"), &ControlApi::Operations},
      {"GET", UriTemplate("/__admin/scenarios"), &ControlApi::ListScenarios},
      {"GET", UriTemplate("/__admin/scenarios/{name}"), &ControlApi::GetScenario},
      {"GET", UriTemplate("/__admin/sessions"), &ControlApi::ListSessions},
      {"GET", UriTemplate("/__admin/sessions/{name}"), &ControlApi::GetSession},
      {"PUT", UriTemplate("/__admin/sessions/{name}"), &ControlApi::PutSession},
      {"DELETE", UriTemplate("/__admin/sessions/{name}"), &ControlApi::DropSession},
      {"POST", UriTemplate("/__admin/sessions/{name}/reset"), &ControlApi::ResetSession},
      {"GET", UriTemplate("/__admin/sessions/{name}/requests"), &ControlApi::ListRequests},
      {"DELETE", UriTemplate("/__admin/sessions/{name}/requests"), &ControlApi::ClearRequests},
      {"GET", UriTemplate("/__admin/sessions/{name}/progress"), &ControlApi::Progress},
      {"POST", UriTemplate("/__admin/reset"), &ControlApi::ResetSession},
      {"GET", UriTemplate("/__admin/requests"), &ControlApi::ListRequests},
      {"DELETE", UriTemplate("/__admin/requests"), &ControlApi::ClearRequests},
      {"GET", UriTemplate("/__admin/progress"), &ControlApi::Progress},
  };
  return kTable;
}

ControlApi::ControlApi(const Catalog& catalog, const ScenarioLibrary& scenarios, Sessions& sessions,
                       std::string version)
    : catalog_(catalog), scenarios_(scenarios), sessions_(sessions), version_(std::move(version)) {}

bool ControlApi::Owns(std::string_view path) {
  return path == "/__admin" || path.starts_with("/__admin/");
}

Response ControlApi::Handle(const Request& request) {
  std::string allowed;
  std::vector<std::string> calls;
  for (const Entry& entry : Table()) {
    calls.push_back(std::string(entry.method) + " " + entry.path.text());
    if (!entry.path.Matches(request.path)) continue;
    const bool head = request.method == "HEAD" && entry.method == "GET";
    if (entry.method != request.method && !head) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(entry.method);
      continue;
    }
    std::string name(kDefaultSession);
    const auto parts = SplitPath(request.path);
    if (entry.path.text().find("{name}") != std::string::npos) name = PercentDecode(parts[2]);
    return (this->*entry.call)(request, name);
  }
  if (!allowed.empty()) {
    Response response =
        ProblemAnswer(405, "Method not allowed", request.path + " takes " + allowed);
    response.headers.Add("Allow", allowed);
    return response;
  }
  Json nearest = Json::MakeArray();
  for (auto& call : NearestFirst(request.method + " " + request.path, calls, 3)) {
    nearest.Append(std::move(call));
  }
  return ProblemAnswer(404, "No such call", "the control API has no " + request.path,
                       {{"nearest", std::move(nearest)}});
}

Response ControlApi::Health(const Request&, Name) {
  return JsonAnswer(200, Json::MakeObject({{"status", "ok"}, {"version", version_}}));
}

Response ControlApi::Operations(const Request&, Name) {
  return JsonAnswer(200, DescribeOperations(catalog_));
}

Response ControlApi::ListScenarios(const Request&, Name) {
  return JsonAnswer(200, DescribeScenarios(scenarios_));
}

Response ControlApi::GetScenario(const Request&, Name scenario) {
  const auto found = scenarios_.Find(scenario);
  if (found == nullptr) return NotFound("scenario", scenario, scenarios_.Names());
  return JsonAnswer(200, DescribeScenario(*found));
}

Response ControlApi::ListSessions(const Request&, Name) {
  Json list = Json::MakeArray();
  for (const auto& session : sessions_.List()) list.Append(DescribeSession(*session));
  return JsonAnswer(200, Json::MakeObject({{"sessions", std::move(list)}}));
}

Response ControlApi::GetSession(const Request&, Name name) {
  return WithSession(name,
                     [](Session& session) { return JsonAnswer(200, DescribeSession(session)); });
}

Response ControlApi::PutSession(const Request& request, Name name) {
  const auto settings = ReadObject(request, {"scenario", "seed"});
  if (!settings) return BadRequest(settings.error());
  const Json* scenario = settings->Find("scenario");
  const Json* seed = settings->Find("seed");
  if (scenario != nullptr && scenarios_.Find(scenario->AsString()) == nullptr) {
    return NotFound("scenario", std::string(scenario->AsString(scenario->Dump())),
                    scenarios_.Names());
  }
  if (seed != nullptr && (!seed->IsInteger() || seed->AsInteger() < 0)) {
    return BadRequest({"'seed' must be a whole number from 0 on"});
  }
  return WithSession(name, [&](Session& session) {
    {
      const std::lock_guard world(session.mutex());
      if (scenario != nullptr) session.SetScenario(std::string(scenario->AsString()));
      if (seed != nullptr) session.SetSeed(static_cast<std::uint64_t>(seed->AsInteger()));
    }
    return JsonAnswer(200, DescribeSession(session));
  });
}

Response ControlApi::DropSession(const Request&, Name name) {
  return WithSession(name, [&](Session&) {
    sessions_.Drop(name);
    return NoContent();
  });
}

Response ControlApi::ResetSession(const Request& request, Name name) {
  const auto body = ReadObject(request, {"keep"});
  if (!body) return BadRequest(body.error());
  const auto keep = ReadKeep(*body);
  if (!keep) return BadRequest(keep.error());
  return WithSession(name, [&](Session& session) {
    const std::lock_guard world(session.mutex());
    session.Reset(*keep);
    return NoContent();
  });
}

Response ControlApi::ListRequests(const Request& request, Name name) {
  const auto filter = ReadFilter(request);
  if (!filter) return BadRequest(filter.error());
  return WithSession(name, [&](Session& session) {
    const std::lock_guard world(session.mutex());
    return JsonAnswer(200, session.journal().List(*filter));
  });
}

Response ControlApi::ClearRequests(const Request&, Name name) {
  return WithSession(name, [](Session& session) {
    const std::lock_guard world(session.mutex());
    session.journal().Clear();
    return NoContent();
  });
}

Response ControlApi::Progress(const Request&, Name name) {
  return WithSession(name, [this](Session& session) {
    const std::lock_guard world(session.mutex());
    // The session's own scenario counts from the start, also before its first request.
    if (const auto own = scenarios_.Find(session.settings().scenario)) session.ScriptOf(own);
    Json scripts = Json::MakeArray();
    bool completed = true;
    for (const auto& [scenario, script] : session.scripts()) {
      completed = completed && script->Completed();
      scripts.Append(script->Progress());
    }
    return JsonAnswer(
        200, Json::MakeObject({{"completed", completed}, {"scenarios", std::move(scripts)}}));
  });
}

// Runs `use` on the session of that name, which comes into being on first use like any other.
Response ControlApi::WithSession(Name name, const std::function<Response(Session&)>& use) {
  if (!IsName(name)) {
    return BadRequest({"'" + name +
                       "' is no session name: a name begins with a-z or 0-9, goes on "
                       "with a-z, 0-9, '.', '_' or '-', and has at most 64 characters"});
  }
  return use(*sessions_.Get(name));
}

}  // namespace mockduit
