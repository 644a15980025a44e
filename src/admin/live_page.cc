#include "admin/live_page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "admin/served.h"
#include "base/markup.h"
#include "http/problem.h"
#include "verify/reports/html_theme.h"

namespace mockduit {
namespace {

constexpr std::string_view kFolder = "/__admin/page/";
// Nothing runs or is loaded but the files of the page, and no other page may show it in a frame.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
constexpr std::size_t kMaxSessions = 200;  // that the page lists without scripts

using Pairs = std::vector<std::pair<std::string, std::string>>;

// What a session or a scenario is chosen by.
Pairs WaysToChoose(const std::string& url) {
  return {{"by path", url + "/~rate-limited@my-test/…"},
          {"by header", "X-Mockduit-Scenario: rate-limited, X-Mockduit-Session: my-test"},
          {"by credential", "my-key~rate-limited@my-test"},
          {"for one request", "Prefer: code=429"}};
}

// {"name", "version", "vendors": {name: base URL}, "base_urls", "paths": {name: what a base URL has
// after the server's own}, "try", "scenarios", "choose", "control"}
Json ServedFacts(const std::string& url, const OwnNames& names, const LivePage::Rooms& rooms,
                 const std::string& version) {
  Json vendors = Json::MakeObject();
  Json bases = Json::MakeObject();
  Json paths = Json::MakeObject();
  Json calls = Json::MakeObject();
  for (const ServedVendor& vendor : Served(rooms.catalog)) {
    const std::string root = names.PublicUrlOf(vendor.name).value_or(url);
    vendors.Set(vendor.name, root + vendor.bases.front());
    Json urls = Json::MakeArray();
    for (const std::string& base : vendor.bases) urls.Append(root + base);
    bases.Set(vendor.name, std::move(urls));
    paths.Set(vendor.name, vendor.bases.front());
    calls.Set(vendor.name, CurlLine(vendor, root));
  }
  Json scenarios = Json::MakeObject();
  for (const auto& scenario : rooms.scenarios.List()) {
    scenarios.Set(scenario->name, scenario->description);
  }
  Json choose = Json::MakeObject();
  for (const auto& [way, example] : WaysToChoose(url)) choose.Set(way, example);
  return Json::MakeObject({{"name", "mockduit"},
                           {"version", version},
                           {"vendors", std::move(vendors)},
                           {"base_urls", std::move(bases)},
                           {"paths", std::move(paths)},
                           {"try", std::move(calls)},
                           {"scenarios", std::move(scenarios)},
                           {"choose", std::move(choose)},
                           {"control", url + "/__admin/operations"}});
}

std::string Code(std::string_view text, const std::string& attributes = "") {
  return "<code" + attributes + ">" + Escaped(text) + "</code>";
}

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + Escaped(value) + "\"";
}

// "curl URL OPTIONS" in parts, an option with its value being one, so that lines break between
// them; a URL that is longer than a line breaks behind a slash. Scripts put it together alike.
std::string CallHtml(const ServedVendor& vendor, const std::string& url) {
  std::string html;
  const std::string line = CurlLine(vendor, url);
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t flag = rest.find(" -");
    const std::size_t end = rest.starts_with("curl ") ? 4 : std::min(flag, rest.size());
    std::string part = Escaped(rest.substr(0, end));
    for (std::size_t at = 0; (at = part.find('/', at)) != std::string::npos; at += 6) {
      part.insert(at + 1, "<wbr>");
    }
    html += (html.empty() ? "<span>" : " <span>") + part + "</span>";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return html;
}

// The scripts put the chosen session into what has a data-path.
std::string ServedHtml(const std::string& url, const OwnNames& names, const Catalog& catalog) {
  const std::vector<ServedVendor> served = Served(catalog);
  const auto has_same_words = [&](const ServedVendor& vendor) {
    return vendor.credentials == served.front().credentials;
  };
  const bool alike = std::ranges::all_of(served, has_same_words);
  const auto words = [](const ServedVendor& vendor) {
    return "<p class=\"dim\">" + Escaped(vendor.credentials) + "</p>\n";
  };
  std::string html = "<div class=\"vendors\">\n";
  for (const ServedVendor& vendor : served) {
    const auto public_url = names.PublicUrlOf(vendor.name);
    const std::string root = public_url.value_or(url);
    html += "<div class=\"vendor\"" + (public_url ? Attribute("data-root", root) : "") + "><h3>" +
            Escaped(vendor.name) + "</h3>\n<ul>";
    for (const std::string& base : vendor.bases) {
      html += "<li>" + Code(root + base, Attribute("data-path", base)) + "</li>";
    }
    html += "</ul>\n<p class=\"copied\"><code" + Attribute("data-path", vendor.path) +
            Attribute("data-options", vendor.options) + ">" + CallHtml(vendor, root) +
            "</code></p>\n" + (alike ? "" : words(vendor)) + "</div>\n";
  }
  return html + "</div>\n" + (alike && !served.empty() ? words(served.front()) : "");
}

std::string Row(const std::vector<std::string>& cells) {
  std::string row = "<tr><th scope=\"row\">" + cells.front() + "</th>";
  for (std::size_t i = 1; i < cells.size(); ++i) row += "<td>" + cells[i] + "</td>";
  return row + "</tr>\n";
}

std::string ScenariosHtml(const ScenarioLibrary& scenarios) {
  std::string html;
  for (const auto& scenario : scenarios.List()) {
    html += Row({Code(scenario->name), Escaped(scenario->description)});
  }
  return html;
}

std::string ChoosingHtml(const std::string& url) {
  std::string html;
  for (const auto& [way, example] : WaysToChoose(url)) html += Row({way, Code(example)});
  return html;
}

std::string SessionRow(Session& session) {
  const std::string report = "/__admin/sessions/" + session.name() + "/report";
  // On a narrow screen there is no room for the head of the table.
  return "<tr><th scope=\"row\">" + Code(session.name()) + "</th><td>" +
         Code(session.settings().scenario) + "</td><td>" + FormatMillis(session.Now()) +
         "</td><td data-label=\"requests\">" + std::to_string(session.journal().total()) +
         "</td><td><a" + Attribute("href", report) + ">verdicts and exchanges</a></td></tr>\n";
}

std::string SessionsHtml(const Sessions& sessions) {
  const auto list = sessions.List();
  if (list.empty()) {
    return "<p>There is no session yet; the first request makes one.</p>\n";
  }
  std::string rows;
  for (std::size_t i = 0; i < std::min(list.size(), kMaxSessions); ++i) {
    rows += SessionRow(*list[i]->Enter());
  }
  std::string html =
      "<div class=\"wide\" role=\"group\" aria-label=\"Sessions\" tabindex=\"0\"><table>\n<thead>"
      "<tr><th scope=\"col\">session</th><th scope=\"col\">scenario</th><th scope=\"col\">its "
      "time</th><th scope=\"col\">requests</th><th scope=\"col\">report</th></tr></thead>\n"
      "<tbody>\n" +
      rows + "</tbody></table></div>\n";
  if (list.size() > kMaxSessions) {
    html += "<p>And " + std::to_string(list.size() - kMaxSessions) +
            " more; <a href=\"/__admin/sessions\">all of them</a>.</p>\n";
  }
  return html;
}

// The template with each "<!--name-->" replaced, once. Does not look into what it has put there.
std::string Fill(std::string_view text, const Pairs& parts) {
  std::string filled;
  for (const auto& [name, part] : parts) {  // in the order in which they stand
    const std::string mark = "<!--" + name + "-->";
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    filled += std::string(text.substr(0, at)) + part;
    text.remove_prefix(at + mark.size());
  }
  return filled + std::string(text);
}

std::string_view TypeOf(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml";
}

}  // namespace

std::optional<Response> LivePage::Handle(const Request& request, const Rooms& rooms) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  if (request.path == "/") return Page(request, rooms);
  // Browsers ask for it by themselves, which should not count as a request of a client.
  if (request.path == "/favicon.ico") return File("icon.svg");
  if (!request.path.starts_with(kFolder)) return std::nullopt;
  return File(std::string_view(request.path).substr(kFolder.size()));
}

std::optional<Response> LivePage::File(std::string_view name) const {
  const auto file = files_.find(name);
  if (file == files_.end() || name == "page.html") return std::nullopt;
  std::string text(file->second);
  if (name == "page.css") text = std::string(kHtmlTheme) + text;
  return Response{200,
                  {{"Content-Type", std::string(TypeOf(name))},
                   {"Cache-Control", "no-cache"},
                   {"X-Content-Type-Options", "nosniff"}},
                  std::move(text)};
}

Response LivePage::Page(const Request& request, const Rooms& rooms) const {
  const std::string url = guard_.names.BaseUrl(request);
  if (request.headers.Get("Accept").find("text/html") == std::string_view::npos) {
    Response response = JsonAnswer(200, ServedFacts(url, guard_.names, rooms, version_));
    response.headers.Add("Vary", "Accept");
    return response;
  }
  const bool welcome = !Guard(guard_, request, false);
  const std::string sessions =
      welcome ? SessionsHtml(rooms.sessions)
              : "<p>Sessions are shown to those only who may use the control API.</p>\n";
  const auto page = files_.find("page.html");
  return {200,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy", std::string(kPolicy)},
           {"Referrer-Policy", "no-referrer"},
           {"X-Content-Type-Options", "nosniff"},
           {"Cache-Control", "no-store"},
           {"Vary", "Accept"}},
          Fill(page != files_.end() ? page->second : "",
               {{"version", Escaped(version_)},
                {"served", ServedHtml(url, guard_.names, rooms.catalog)},
                {"choosing", ChoosingHtml(url)},
                {"scenarios", ScenariosHtml(rooms.scenarios)},
                {"sessions", sessions}})};
}

}  // namespace mockduit
