// How the clients behaved: verdicts, coverage and reports, of one session or of all.
#include <algorithm>

#include "admin/calls.h"
#include "base/clock.h"
#include "base/suggest.h"
#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"
#include "verify/known.h"
#include "verify/report.h"
#include "verify/reports/html.h"
#include "verify/reports/junit.h"
#include "verify/reports/summary.h"

namespace mockduit {
namespace {

// "?retries-bounded.max_attempts=5" and the like; the table says which other parameters there are.
Result<CheckSettings> ReadSettings(const Request& request) {
  CheckSettings settings;
  std::string_view rest = request.query;
  while (!rest.empty()) {
    const QueryParameter parameter = TakeParameter(rest);
    const std::string name = DecodeQueryPart(parameter.name);
    if (!IsCheckParameter(name)) continue;
    const auto set = settings.Set(name + "=" + DecodeQueryPart(parameter.value));
    if (!set) return std::unexpected(set.error());
  }
  return settings;
}

// The list of known failures that a POST brings.
Read<KnownFailures> ReadKnown(const Request& request) {
  if (request.method != "POST") return KnownFailures();
  return KnownFailures::FromFile({"known", request.body}, SystemClock().Now());
}

Result<std::string> ReadFormat(const Request& request) {
  static const std::vector<std::string> kFormats = {"html", "junit", "text"};
  std::string format = QueryValue(request.query, "format").value_or("html");
  if (std::ranges::find(kFormats, format) != kFormats.end()) return format;
  return Fail("'" + format + "' is no format" + DidYouMean(format, kFormats) + "; there are " +
              Join(kFormats));
}

Result<Coverage::Of> ReadOf(const Request& request) {
  const std::string value = QueryValue(request.query, "only_called").value_or("false");
  if (value == "true") return Coverage::Of::kCalled;
  if (value == "false") return Coverage::Of::kAll;
  return Fail("'" + value + "' is no value of only_called; it is true or false");
}

Result<Response> TellCoverage(const ControlCall& call,
                              const std::vector<std::shared_ptr<SharedSession>>& sessions) {
  const auto of = ReadOf(call.request);
  if (!of) return std::unexpected(of.error());
  // What verdicts take is taken here as well, by the same rules.
  if (const auto settings = ReadSettings(call.request); !settings) {
    return std::unexpected(settings.error());
  }
  Coverage coverage(call.rooms.catalog);
  for (const auto& session : sessions) Cover(*session, coverage);
  return JsonAnswer(200, coverage.ToJson(*of));
}

Response Rendered(const std::string& format, const std::vector<Report>& reports,
                  const Request& request) {
  if (format == "junit") {
    return {200, {{"Content-Type", "application/xml; charset=utf-8"}}, JUnit(reports)};
  }
  if (format == "text") {
    const bool colours = QueryValue(request.query, "colours") == "true";
    return {200, {{"Content-Type", "text/plain; charset=utf-8"}}, Summary(reports, {colours})};
  }
  // The report has no scripts, so none may run in it.
  return {200,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
            "form-action 'none'"}},
          HtmlPage(reports)};
}

std::vector<Report> Only(Report report) {
  std::vector<Report> reports;
  reports.push_back(std::move(report));
  return reports;
}

}  // namespace

Result<Response> GetVerdicts(const ControlCall& call) {
  const auto settings = ReadSettings(call.request);
  if (!settings) return std::unexpected(settings.error());
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  return JsonAnswer(200, ReportOn(**session, call.rooms.catalog, *settings, nullptr).ToJson());
}

Result<Response> GetAllVerdicts(const ControlCall& call) {
  const auto settings = ReadSettings(call.request);
  if (!settings) return std::unexpected(settings.error());
  const Report report = ReportOn(call.rooms.sessions, call.rooms.catalog, *settings);
  Json sessions = Json::MakeArray();
  for (const SessionReport& session : report.sessions) sessions.Append(session.ToJson());
  return JsonAnswer(
      200, Json::MakeObject({{"sessions", std::move(sessions)}, {"unjudged", report.unjudged}}));
}

Result<Response> GetCoverage(const ControlCall& call) {
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  return TellCoverage(call, {*session});
}

Result<Response> GetAllCoverage(const ControlCall& call) {
  return TellCoverage(call, call.rooms.sessions.List());
}

Result<Response> GetReport(const ControlCall& call) {
  const auto settings = ReadSettings(call.request);
  if (!settings) return std::unexpected(settings.error());
  const auto format = ReadFormat(call.request);
  if (!format) return std::unexpected(format.error());
  auto known = ReadKnown(call.request);
  if (!known) return Unprocessable(known.error());
  const auto session = SessionOf(call);
  if (!session) return std::unexpected(session.error());
  Report report(call.rooms.catalog);
  report.sessions.push_back(ReportOn(**session, call.rooms.catalog, *settings, &report.coverage));
  known->Mark(report.sessions.front());
  return Rendered(*format, Only(std::move(report)), call.request);
}

Result<Response> GetWholeReport(const ControlCall& call) {
  const auto settings = ReadSettings(call.request);
  if (!settings) return std::unexpected(settings.error());
  const auto format = ReadFormat(call.request);
  if (!format) return std::unexpected(format.error());
  auto known = ReadKnown(call.request);
  if (!known) return Unprocessable(known.error());
  Report report = ReportOn(call.rooms.sessions, call.rooms.catalog, *settings);
  for (SessionReport& session : report.sessions) known->Mark(session);
  return Rendered(*format, Only(std::move(report)), call.request);
}

}  // namespace mockduit
