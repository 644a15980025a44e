#include "admin/landing.h"

#include "http/problem.h"

namespace mockduit {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}code{font-size:.95em}td{padding:.15rem 1rem .15rem 0;"
    "vertical-align:top}";

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string Row(std::string_view left, std::string_view right) {
  return "<tr><td><code>" + Escape(left) + "</code></td><td>" + Escape(right) + "</td></tr>\n";
}

// {"name", "version", "vendors": {name: base URL}, "scenarios": {…}, "choose": {…}, "control": …}
Json LandingFacts(const std::string& url, const Catalog& catalog, const ScenarioLibrary& scenarios,
                  const std::string& version) {
  Json vendors = Json::MakeObject();
  for (const Vendor& vendor : catalog.vendors()) {
    vendors.Set(vendor.name, url + vendor.editions.front()->base_path);
  }
  Json names = Json::MakeObject();
  for (const auto& scenario : scenarios.List()) names.Set(scenario->name, scenario->description);
  return Json::MakeObject(
      {{"name", "mockduit"},
       {"version", version},
       {"vendors", std::move(vendors)},
       {"scenarios", std::move(names)},
       {"choose",
        Json::MakeObject(
            {{"by path", url + "/~rate-limited@my-test/…"},
             {"by header", "X-Mockduit-Scenario: rate-limited, X-Mockduit-Session: my-test"},
             {"by credential", "my-key~rate-limited@my-test"},
             {"for one request", "Prefer: code=429"}})},
       {"control", url + "/__admin/operations"}});
}

std::string Table(const Json& facts, std::string_view key) {
  std::string table = "<table>\n";
  for (const JsonMember& member : *facts.Find(key)->IfObject()) {
    table += Row(member.key, member.value.AsString());
  }
  return table + "</table>\n";
}

std::string Page(const Json& facts) {
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Mockduit</title>"
         "<style>" +
         std::string(kStyle) +
         "</style></head><body>\n"
         "<h1>Mockduit</h1>\n<p>A local stand-in for data-connection APIs. Point your client at a "
         "base URL below; any credential will do.</p>\n<h2>Base URLs</h2>\n" +
         Table(facts, "vendors") + "<h2>Scenarios</h2>\n" + Table(facts, "scenarios") +
         "<h2>Choosing a scenario and a session</h2>\n" + Table(facts, "choose") +
         "<p><a href=\"/__admin/operations\">Operations and their documented outcomes</a></p>\n"
         "</body></html>\n";
}

}  // namespace

Response LandingPage(const Request& request, const std::string& url, const Catalog& catalog,
                     const ScenarioLibrary& scenarios, const std::string& version) {
  const Json facts = LandingFacts(url, catalog, scenarios, version);
  if (request.headers.Get("Accept").find("text/html") == std::string_view::npos) {
    return JsonAnswer(200, facts);
  }
  return {200, {{"Content-Type", "text/html; charset=utf-8"}}, Page(facts)};
}

}  // namespace mockduit
