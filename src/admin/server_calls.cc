// The server as a whole.
#include "admin/calls.h"
#include "admin/describe.h"
#include "http/problem.h"

namespace mockduit {

Result<Response> GetHealth(const ControlCall& call) {
  return JsonAnswer(200, Json::MakeObject({{"status", "ok"}, {"version", call.rooms.version}}));
}

Result<Response> GetOperations(const ControlCall& call) {
  return JsonAnswer(200, DescribeOperations(call.rooms.catalog));
}

Result<Response> GetOpenApi(const ControlCall& call) {
  return Response{200, {{"Content-Type", "application/json"}}, std::string(call.rooms.openapi)};
}

Result<Response> GetMetrics(const ControlCall& call) {
  const Sessions::Evictions evictions = call.rooms.sessions.CountEvictions();
  std::string text = call.rooms.metrics.Text();
  AppendMetric(text, "mockduit_sessions", "gauge", "Sessions in use.", call.rooms.sessions.Count());
  AppendMetric(text, "mockduit_session_evictions_total", "counter",
               "Sessions that went because there were too many, or they held too much.",
               evictions.sessions);
  AppendMetric(text, "mockduit_memory_evictions_total", "counter",
               "Of these, sessions that went because all together held too much.",
               evictions.sessions_for_memory);
  AppendMetric(text, "mockduit_journal_evictions_total", "counter",
               "Exchanges that journals had no room for.", evictions.exchanges);
  AppendMetric(text, "mockduit_store_evictions_total", "counter",
               "Resources that stores had no room for.", evictions.resources);
  AppendMetric(text, "mockduit_memory_bytes", "gauge", "What counts for --max-memory.",
               call.rooms.sessions.bytes());
  AppendMetric(text, "mockduit_memory_limit_bytes", "gauge", "What they may hold.",
               call.rooms.sessions.limits().memory);
  AppendMetric(text, "mockduit_answers_too_long_total", "counter",
               "Answers that were longer than answers may be.", call.rooms.metrics.too_long());
  return Response{
      200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, std::move(text)};
}

Result<Response> GetAuthority(const ControlCall& call) {
  if (call.rooms.authority.empty()) {
    return Fail(ErrorKind::kNotFound,
                "the server has no certificate authority of its own; --tls makes one");
  }
  return Response{
      200, {{"Content-Type", "application/x-pem-file"}}, std::string(call.rooms.authority)};
}

Result<Response> SaveState(const ControlCall& call) {
  if (!call.rooms.save_state) {
    return Fail(ErrorKind::kConflict, "the server was started without --state FILE");
  }
  const auto saved = call.rooms.save_state();
  if (!saved) return std::unexpected(saved.error());
  return NoContent();
}

}  // namespace mockduit
