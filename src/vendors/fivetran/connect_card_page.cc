#include "vendors/fivetran/connect_card_page.h"

#include <algorithm>

#include "base/text.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --text: #1c2430; --dim: #566072; --ground: #f4f6f9;
  --card: #fff; --line: #8a93a3; --link: #1d5fd1; --good: #18693a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e8ebf0; --dim: #aab3c2; --ground: #14181f;
  --card: #1d232d; --line: #6c7688; --link: #8ab4ff; --good: #7fd6a0; --bad: #ff9a92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 36rem; margin: 2rem auto; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; }
h1 { margin: 0; font-size: 1.4rem; }
h2 { font-size: 1.05rem; }
p, li { overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.bad { color: var(--bad); }
.good { color: var(--good); }
label { display: block; margin: .9rem 0 .2rem; }
input, select, textarea { width: 100%; padding: .45rem .6rem; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: .3rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .6rem; margin-top: 1.4rem; }
button { padding: .5rem 1rem; font: inherit; color: inherit; background: var(--ground);
  border: 1px solid var(--line); border-radius: .3rem; cursor: pointer; }
button.first { color: var(--card); background: var(--link); border-color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
a { color: var(--link); }
)";

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string Page(const std::string& title, const std::string& body) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         Escaped(title) + "</title>\n<style>" + std::string(kStyle) +
         "</style>\n</head>\n<body>\n<main>\n<h1>" + Escaped(title) + "</h1>\n" + body +
         "</main>\n</body>\n</html>\n";
}

std::string Option(std::string_view value) { return "<option>" + Escaped(value) + "</option>"; }

// What asks for a value of that shape; "" for what no one line can hold.
std::string InputFor(const std::string& name, const Json& shape) {
  const std::string named = " id=\"" + name + "\" name=\"config." + name + "\"";
  if (const Json* values = shape.Find("one_of")) {
    std::string options = "<option value=\"\"></option>";
    for (const Json& value : *values->IfArray()) options += Option(value.AsString());
    return "<select" + named + ">" + options + "</select>";
  }
  if (const Json* item = shape.Find("list")) {
    return item->IsString()
               ? "<textarea" + named + " rows=\"2\" placeholder=\"One a line\">" + "</textarea>"
               : "";
  }
  const std::string_view word = shape.AsString();
  if (word == "boolean") {
    return "<select" + named + ">" + Option("") + Option("true") + Option("false") + "</select>";
  }
  if (word == "integer") return "<input" + named + " type=\"number\">";
  if (word == "secret") return "<input" + named + " type=\"password\" autocomplete=\"off\">";
  return word == "text" ? "<input" + named + " type=\"text\">" : "";
}

std::string FieldsOf(const CardPage& page) {
  std::string fields;
  const std::string_view service = page.connection.Get("service").AsString();
  const Json& config = page.connection.Get("config");
  for (const auto& [field, shape] : page.knowledge.types.FieldsOf(service, "config")) {
    const Json* set = config.Find(field);
    if (!page.all_fields && set != nullptr && !set->IsNull()) continue;
    const std::string name = Escaped(field);
    const std::string input = InputFor(name, *shape);
    if (!input.empty())
      fields += "<label for=\"" + name + "\">" + name + "</label>\n" + input + "\n";
  }
  return fields;
}

std::string ResultsOf(const Json& connection) {
  const Json::Array* tests = connection.Get("setup_tests").IfArray();
  if (tests == nullptr || tests->empty()) return "";
  std::string list = "<h2>Setup tests</h2>\n<ul>\n";
  for (const Json& test : *tests) {
    const std::string_view status = test.Get("status").AsString();
    const bool bad = status == "FAILED" || status == "JOB_FAILED";
    const std::string_view message = test.Get("message").AsString();
    list += "<li>" + Escaped(test.Get("title").AsString()) + ": <strong class=\"" +
            (bad ? "bad" : "good") + "\">" + Escaped(status) + "</strong>" +
            (message.empty() ? "" : " " + Escaped(message)) + "</li>\n";
  }
  return list + "</ul>\n";
}

std::string GuideTo(std::string_view service) {
  std::string dashed(service);
  std::ranges::replace(dashed, '_', '-');
  return "<p>The setup guide stands in Fivetran's documentation: <a "
         "href=\"https://fivetran.com/docs/connectors/applications/" +
         Escaped(dashed) + "/setup-guide\" rel=\"noreferrer\">" + Escaped(service) + "</a>.</p>\n";
}

}  // namespace

std::string RenderCard(const CardPage& page) {
  const std::string service(page.connection.Get("service").AsString());
  const bool authorizes = !page.knowledge.types.FieldsOf(service, "auth").empty();
  std::string body = "<p class=\"dim\">Connection " +
                     Escaped(page.connection.Get("id").AsString()) + " of " + Escaped(service) +
                     ", schema " + Escaped(page.connection.Get("schema").AsString()) + "</p>\n";
  if (!page.message.empty()) {
    body += "<p class=\"bad\" role=\"alert\">" + Escaped(page.message) + "</p>\n";
  }
  if (page.guide) body += GuideTo(service);
  body += ResultsOf(page.connection);
  body += "<form method=\"post\">\n" + FieldsOf(page);
  if (authorizes) {
    body +=
        "<p>With Save &amp; Test you also authorize access, as the source's own page would ask "
        "you.</p>\n";
  }
  body +=
      "<div class=\"buttons\">\n"
      "<button class=\"first\" name=\"action\" value=\"connect\">Save &amp; Test</button>\n"
      "<button name=\"action\" value=\"fail\">Fail the tests</button>\n"
      "<button name=\"action\" value=\"abandon\">Abandon</button>\n</div>\n</form>\n"
      "<p class=\"dim\">This is Mockduit's stand-in for Fivetran's page. Save &amp; Test passes, "
      "whatever is filled in.</p>\n";
  return Page("Connect " + service, body);
}

std::string RenderNotice(const std::string& title, const std::string& text) {
  return Page(title, "<p>" + Escaped(text) + "</p>\n");
}

}  // namespace mockduit::fivetran
