// What happened in a session: its exchanges, and how far its scripts have come.
#include <algorithm>

#include "admin/calls.h"
#include "admin/explain.h"
#include "base/suggest.h"
#include "base/text.h"
#include "contract/contract.h"
#include "http/problem.h"
#include "http/uri.h"
#include "scenario/read/scenario.h"
#include "session/event_stream.h"

namespace mockduit {
namespace {

Result<std::uint64_t> ReadCount(const Request& request, std::string_view name,
                                std::uint64_t fallback) {
  const auto text = QueryValue(request.query, name);
  if (!text) return fallback;
  if (const auto number = ParseNumber<std::uint64_t>(*text)) return *number;
  return Fail(std::string(name) + "=" + *text + " is no number");
}

Result<JournalFilter> ReadFilter(const Request& request, const Catalog& catalog) {
  JournalFilter filter;
  filter.operation = QueryValue(request.query, "operation").value_or("");
  const bool is_name = !filter.operation.empty() && !filter.operation.contains('*');
  if (is_name && catalog.FindOperation(filter.operation) == nullptr) {
    return Fail("operation=" + filter.operation + " is no operation" +
                DidYouMean(filter.operation, catalog.OperationNames()));
  }
  filter.outcome = QueryValue(request.query, "outcome").value_or("");
  const auto known = OutcomeNames();
  if (!filter.outcome.empty() && std::ranges::find(known, filter.outcome) == known.end()) {
    return Fail("outcome=" + filter.outcome + " is no outcome" + DidYouMean(filter.outcome, known));
  }
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

// Why the rules of the exchange's scenario decided as they did.
Json Why(const Exchange& exchange, const ControlRooms& rooms, Session& session) {
  const auto scenario = rooms.scenarios.Find(exchange.scenario);
  if (scenario == nullptr) return {};
  const auto script = session.scripts().find(exchange.scenario);
  const Duration elapsed =
      script != session.scripts().end() ? exchange.at - script->second->begun() : Duration(0);
  return Explain(exchange, *scenario, elapsed, rooms.catalog);
}

// What the exchange's outcome stands on; null where the answer is the emulator's own.
Json SourceOf(const Exchange& exchange, const Catalog& catalog) {
  const Operation* operation = OperationOf(exchange, catalog);
  if (operation == nullptr) return {};
  const Outcome* outcome = operation->FindOutcome(exchange.outcome);
  return outcome != nullptr ? Json(outcome->source.Text()) : Json();
}

}  // namespace

Result<Response> ListRequests(const ControlCall& call) {
  const auto filter = ReadFilter(call.request, call.rooms.catalog);
  if (!filter) return std::unexpected(filter.error());
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  return JsonAnswer(200, (*session)->Enter()->journal().List(*filter));
}

Result<Response> ClearRequests(const ControlCall& call) {
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  (*session)->Enter()->ClearJournal();
  return NoContent();
}

Result<Response> GetRequest(const ControlCall& call) {
  const auto shared = SessionOf(call);
  if (!shared) return std::unexpected(shared.error());
  const auto id = ParseNumber<std::uint64_t>(call.id);
  if (!id) return Fail("'" + call.id + "' is no id of a request; ids are numbers");
  const auto session = (*shared)->Enter();
  const auto exchange = session->journal().Find(*id);
  if (!exchange) {
    if (call.name != kDefaultSession && call.rooms.sessions.Find(call.name) == nullptr) {
      std::vector<std::string> known;
      for (const auto& one : call.rooms.sessions.List()) known.push_back(one->name());
      return NotFound("session", call.name, known);
    }
    const bool was = *id > 0 && *id <= session->journal().last_id();
    return Fail(ErrorKind::kNotFound, "the journal of " + call.name +
                                          (was ? " no longer has" : " has no") + " request " +
                                          call.id);
  }
  Json described = exchange->ToJson();
  described.Set("source", SourceOf(*exchange, call.rooms.catalog));
  described.Set("why", Why(*exchange, call.rooms, *session));
  return JsonAnswer(200, described);
}

Result<Response> CountRequests(const ControlCall& call) {
  const std::string text = call.request.body.empty() ? "{}" : call.request.body;
  const auto match = ReadMatchOf({"match", text}, call.rooms.catalog);
  if (!match) return Unprocessable(match.error());
  const auto shared = SessionOf(call);
  if (!shared) return std::unexpected(shared.error());
  const auto session = (*shared)->Enter();
  std::uint64_t count = 0;
  session->journal().Visit(0, [&](const Exchange& exchange) {
    const std::optional<Json> body = match->body.empty() ? std::nullopt : BodyOf(exchange);
    if (match->Matches(InputOf(exchange, body, call.rooms.catalog))) ++count;
    return true;
  });
  return JsonAnswer(
      200, Json::MakeObject({{"count", count}, {"truncated", session->journal().truncated()}}));
}

Result<Response> GetProgress(const ControlCall& call) {
  const auto shared = SessionOf(call);
  if (!shared) return std::unexpected(shared.error());
  const auto session = (*shared)->Enter();
  Json scripts = Json::MakeArray();
  bool completed = true;
  const auto tell = [&](const Script& script) {
    completed = completed && script.Completed();
    scripts.Append(script.Progress());
  };
  for (const auto& [name, script] : session->scripts()) tell(*script);
  // The session's own scenario counts from the start, also before its first request.
  const auto own = call.rooms.scenarios.Find(session->settings().scenario);
  if (own != nullptr && !session->scripts().contains(own->name)) {
    tell(Script(own, session->Now(), 0));
  }
  return JsonAnswer(
      200, Json::MakeObject({{"completed", completed}, {"scenarios", std::move(scripts)}}));
}

Result<Response> GetEvents(const ControlCall& call) {
  if (const auto name = CheckName(call); !name) return std::unexpected(name.error());
  Sessions& sessions = call.rooms.sessions;
  // The default session alone is made for its readers: what comes to it must find them.
  const auto session =
      call.name == kDefaultSession ? sessions.Get(call.name) : sessions.Find(call.name);
  if (session == nullptr) {
    return Fail(ErrorKind::kNotFound, "there is no session '" + call.name +
                                          "' yet; its first request makes it, or PUT "
                                          "/__admin/sessions/" +
                                          call.name);
  }
  const auto after = ReadCount(call.request, "after", 0);
  if (!after) return std::unexpected(after.error());
  const auto seen = ParseNumber<std::uint64_t>(call.request.headers.Get("Last-Event-ID"));
  std::uint64_t begin = seen.value_or(*after);
  if (!seen && !QueryValue(call.request.query, "after")) {
    begin = session->Enter()->journal().last_id();
  }
  Response response{200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}}};
  response.stream = std::make_shared<EventStream>(session, begin);
  return response;
}

}  // namespace mockduit
