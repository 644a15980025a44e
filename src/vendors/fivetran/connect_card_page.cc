#include "vendors/fivetran/connect_card_page.h"

#include <algorithm>

#include "base/markup.h"
#include "base/text.h"
#include "vendors/html_page.h"

namespace mockduit::fivetran {
namespace {

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
  const Types& types = page.knowledge.types;
  for (const auto& [field, shape] : types.FieldsOf(service, "config")) {
    const Json& value = config.Get(field);
    const bool is_set = !value.IsNull() && !types.IsDefault(service, field, value);
    if (is_set && !page.all_fields) continue;
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
  return HtmlPage("Connect " + service, body);
}

std::string RenderNotice(const std::string& title, const std::string& text) {
  return HtmlPage(title, "<p>" + Escaped(text) + "</p>\n");
}

}  // namespace mockduit::fivetran
