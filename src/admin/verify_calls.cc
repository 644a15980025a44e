// How the clients behaved: verdicts, coverage and reports, of one session or of all.
#include <algorithm>

#include "admin/calls.h"
#include "base/suggest.h"
#include "base/text.h"
#include "http/problem.h"
#include "http/uri.h"
#include "verify/report.h"
#include "verify/reports/html.h"
#include "verify/reports/junit.h"
#include "verify/reports/summary.h"

namespace mockduit {
namespace {

// "?retries-bounded.max_attempts=5" and the like. Other parameters must be among `known`.
Result<CheckSettings> ReadSettings(const Request& request, const std::vector<std::string>& known) {
  CheckSettings settings;
  std::string_view rest = request.query;
  while (!rest.empty()) {
    std::string_view value = TakeUntil(rest, "&");
    const std::string name = PercentDecode(TakeUntil(value, "="));
    if (name.contains('.')) {
      if (const auto set = settings.Set(name + "=" + PercentDecode(value)); !set) {
        return std::unexpected(set.error());
      }
    } else if (std::ranges::find(known, name) == known.end()) {
      return Fail("'" + name + "' is no parameter of this call" + DidYouMean(name, known) +
                  "; those of checks are written check.parameter=value");
    }
  }
  return settings;
}

Result<std::string> ReadFormat(const Request& request) {
  static const std::vector<std::string> kFormats = {"html", "junit", "text"};
  std::string format = QueryValue(request.query, "format").value_or("html");
  if (std::ranges::find(kFormats, format) != kFormats.end()) return format;
  return Fail("'" + format + "' is no format" + DidYouMean(format, kFormats) + "; there are " +
              Join(kFormats));
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
  return {200, {{"Content-Type", "text/html; charset=utf-8"}}, HtmlPage(reports)};
}

std::vector<Report> Only(Report report) {
  std::vector<Report> reports;
  reports.push_back(std::move(report));
  return reports;
}

}  // namespace

Response GetVerdicts(const ControlCall& call) {
  const auto settings = ReadSettings(call.request, {});
  if (!settings) return BadRequest(settings.error().message);
  Response refusal;
  const auto session = SessionOf(call, refusal);
  if (session == nullptr) return refusal;
  return JsonAnswer(200, ReportOn(*session, call.rooms.catalog, *settings, nullptr).ToJson());
}

Response GetAllVerdicts(const ControlCall& call) {
  const auto settings = ReadSettings(call.request, {});
  if (!settings) return BadRequest(settings.error().message);
  const Report report = ReportOn(call.rooms.sessions, call.rooms.catalog, *settings);
  Json sessions = Json::MakeArray();
  for (const SessionReport& session : report.sessions) sessions.Append(session.ToJson());
  return JsonAnswer(
      200, Json::MakeObject({{"sessions", std::move(sessions)}, {"unjudged", report.unjudged}}));
}

Response GetCoverage(const ControlCall& call) {
  if (const auto settings = ReadSettings(call.request, {}); !settings) {
    return BadRequest(settings.error().message);
  }
  Response refusal;
  const auto session = SessionOf(call, refusal);
  if (session == nullptr) return refusal;
  Coverage coverage(call.rooms.catalog);
  Cover(*session, coverage);
  return JsonAnswer(200, coverage.ToJson());
}

Response GetAllCoverage(const ControlCall& call) {
  if (const auto settings = ReadSettings(call.request, {}); !settings) {
    return BadRequest(settings.error().message);
  }
  Coverage coverage(call.rooms.catalog);
  for (const auto& session : call.rooms.sessions.List()) Cover(*session, coverage);
  return JsonAnswer(200, coverage.ToJson());
}

Response GetReport(const ControlCall& call) {
  const auto settings = ReadSettings(call.request, {"format", "colours"});
  if (!settings) return BadRequest(settings.error().message);
  const auto format = ReadFormat(call.request);
  if (!format) return BadRequest(format.error().message);
  Response refusal;
  const auto session = SessionOf(call, refusal);
  if (session == nullptr) return refusal;
  Report report(call.rooms.catalog);
  report.sessions.push_back(ReportOn(*session, call.rooms.catalog, *settings, &report.coverage));
  return Rendered(*format, Only(std::move(report)), call.request);
}

Response GetWholeReport(const ControlCall& call) {
  const auto settings = ReadSettings(call.request, {"format", "colours"});
  if (!settings) return BadRequest(settings.error().message);
  const auto format = ReadFormat(call.request);
  if (!format) return BadRequest(format.error().message);
  return Rendered(*format, Only(ReportOn(call.rooms.sessions, call.rooms.catalog, *settings)),
                  call.request);
}

}  // namespace mockduit
