// `mockduit explain`: what a check or a finding means, and what happened to one exchange.
#include <algorithm>
#include <iterator>
#include <memory>

#include "app/admin_client.h"
#include "app/check_pages.h"
#include "app/commands/commands.h"
#include "app/complain.h"
#include "app/options.h"
#include "app/output.h"
#include "base/suggest.h"
#include "base/terminal.h"
#include "base/text.h"
#include "http/uri.h"
#include "verify/codes.h"

namespace mockduit {
namespace {

constexpr const char* kExplainHelp =
    "The exchanges of a session are numbered; findings and X-Mockduit-Exchange name them.\n"
    "Exit code 0: explained; 1: no answer, or no such exchange; 2: misused, or no such name.\n"
    "Examples:\n"
    "  mockduit explain retry-after-honoured            a check: what it looks at, and for what\n"
    "  mockduit explain retry-after-honoured/too-soon   a finding, and how to mend a client\n"
    "  mockduit explain 7 --session demo                an exchange of a running server";

// Broken between words, so that a line has no more than 100 columns with the indent before it.
std::string Wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t kColumns = 100;
  const std::string before(indent, ' ');
  std::string wrapped;
  std::string line = before;
  while (!text.empty()) {
    const std::string_view word = TakeUntil(text, " ");
    if (line.size() > indent && line.size() + 1 + word.size() > kColumns) {
      wrapped += line + "\n";
      line = before;
    }
    line += (line.size() > indent ? " " : "") + std::string(word);
  }
  return wrapped + line + "\n";
}

std::string ParametersOf(const Check& check) {
  if (check.parameters.empty()) return "";
  std::size_t name = 0;
  std::size_t value = 0;
  for (const CheckParameter& parameter : check.parameters) {
    name = std::max(name, parameter.name.size());
    value = std::max(value, parameter.default_value.size());
  }
  const auto padded = [](std::string_view text, std::size_t width) {
    return std::string(text) + std::string(width - text.size() + 2, ' ');
  };
  std::string text = "Parameters, as in --set " + std::string(check.name) + "." +
                     std::string(check.parameters.front().name) + "=" +
                     std::string(check.parameters.front().default_value) + "\n";
  for (const CheckParameter& parameter : check.parameters) {
    text += "  " + padded(parameter.name, name) + padded(parameter.default_value, value) +
            std::string(parameter.about) + "\n";
  }
  return text;
}

// The check's name with what a client does that passes.
std::string RuleOf(const Check& check) {
  return std::string(check.name) + ": a client that passes " + std::string(check.about);
}

std::string TextOf(const Check& check, const CheckPage& page) {
  std::string text = Wrapped(RuleOf(check), 0) + "\n" + Wrapped(page.opening, 0) + "\n";
  for (const auto& [title, words] : page.parts) text += title + "\n" + Wrapped(words, 2);
  text += ParametersOf(check) + "Findings\n";
  for (const CheckPage::Finding& finding : page.findings) {
    text += "  " + FindingCode(check.name, finding.slug) + "\n" + Wrapped(finding.means, 4);
  }
  return text;
}

std::string TextOf(const Check& check, const CheckPage::Finding& finding) {
  return FindingCode(check.name, finding.slug) + "\n\n" + Wrapped(finding.means, 0) +
         "\nTo mend it\n" + Wrapped(finding.mending, 2) + "The check\n" +
         Wrapped(RuleOf(check) + ". It stands on " + std::string(check.basis) + ".", 2);
}

// A check, or one of its findings.
int ExplainName(const std::string& what) {
  std::string_view slug = what;
  const std::string name(TakeUntil(slug, "/"));
  const Check* check = FindCheck(name);
  const auto page = check != nullptr ? FindCheckPage(name) : std::nullopt;
  if (page && !what.contains('/')) return Print(TextOf(*check, *page));
  if (page) {
    const auto finding = std::ranges::find(page->findings, slug, &CheckPage::Finding::slug);
    if (finding != page->findings.end()) return Print(TextOf(*check, *finding));
  }
  std::vector<std::string> known = CheckNames();
  std::ranges::copy(FindingCodes(), std::back_inserter(known));
  return Complain(kMisused, "'" + what +
                                "' is no check, no code of a finding and no number of an exchange" +
                                DidYouMean(what, known));
}

std::string TextAt(const Json& json, std::string_view key) {
  const Json& value = json.Get(key);
  return value.IsNull() ? "" : Printable(value.ToText());
}

const Json::Array& ItemsOf(const Json& list) {
  static const Json::Array kNone;
  return list.IsArray() ? *list.IfArray() : kNone;
}

// Why each rule of the scenario did or did not decide it.
std::string RulesText(const Json& why) {
  std::string text;
  for (const Json& rule : ItemsOf(why.Get("rules"))) {
    const std::string name = TextAt(rule, "name");
    const bool decided = why.Get("decided_by") == rule.Get("name");
    text += "  " + name + ": " +
            (decided                        ? "decided it"
             : rule.Get("matches").AsBool() ? "matches, behind the one that decided"
                                            : "does not match") +
            "\n";
    for (const Json& miss : ItemsOf(rule.Get("misses"))) {
      text += "    " + TextAt(miss, "condition") + ": wanted " + TextAt(miss, "wanted") + ", got " +
              TextAt(miss, "got") + "\n";
    }
  }
  return text;
}

std::string DescriptionOf(const Json& exchange, const std::string& session) {
  const Json& request = exchange.Get("request");
  const std::string query = TextAt(request, "query");
  const auto line = [](const std::string& label, const std::string& value) {
    return value.empty() ? "" : label + value + "\n";
  };
  const std::string wait = exchange.Get("retry_after").IsNull()
                               ? ""
                               : TextAt(exchange.Get("retry_after"), "seconds") + " s";
  const std::string delay = exchange.Get("delay").AsNumber() > 0 ? TextAt(exchange, "delay") : "";
  const std::string outcome = TextAt(exchange, "outcome");
  return "#" + TextAt(exchange, "id") + " of session " + session + ": " +
         TextAt(request, "method") + " " + TextAt(request, "path") +
         (query.empty() ? "" : "?" + query) + "\n" +
         line("answered    ",
              TextAt(exchange.Get("response"), "status") + (outcome.empty() ? "" : " " + outcome)) +
         line("at          ", TextAt(exchange, "at")) +
         line("operation   ", TextAt(exchange, "operation")) + line("Retry-After ", wait) +
         line("delay       ", delay) + line("fault       ", TextAt(exchange, "fault")) +
         (exchange.Get("abandoned").AsBool() ? "the client did not wait for the answer\n" : "") +
         (exchange.Get("applied").AsBool() ? "the operation took effect\n" : "") +
         line("source      ", TextAt(exchange, "source")) +
         line("warning     ", TextAt(exchange, "warning")) +
         line("scenario    ", TextAt(exchange, "scenario")) + RulesText(exchange.Get("why"));
}

// The findings that name the exchange.
std::string FindingsText(const Json& verdicts, std::int64_t id) {
  std::string text;
  for (const Json& verdict : ItemsOf(verdicts.Get("verdicts"))) {
    for (const Json& finding : ItemsOf(verdict.Get("findings"))) {
      const Json::Array& named = ItemsOf(finding.Get("exchanges"));
      if (std::ranges::find(named, Json(id)) == named.end()) continue;
      text += "  " + TextAt(finding, "code") + " (" + TextAt(verdict, "result") + ")\n" +
              Wrapped(TextAt(finding, "text"), 4);
    }
  }
  return text.empty() ? "No finding names it.\n" : "Findings that name it\n" + text;
}

int ExplainExchange(const ExplainOptions& options, std::uint64_t id) {
  const AdminClient server(options.url, options.admin_token, std::chrono::seconds(60));
  const std::string session = "/sessions/" + PercentEncode(options.session);
  const auto exchange = server.GetJson(session + "/requests/" + std::to_string(id));
  if (!exchange) return Complain(exchange.error());
  const auto verdicts = server.GetJson(session + "/verdicts");
  if (!verdicts) return Complain(verdicts.error());
  return Print(DescriptionOf(*exchange, options.session) +
               FindingsText(*verdicts, static_cast<std::int64_t>(id)));
}

int Explain(const ExplainOptions& options) {
  if (options.what.size() > 1) return Complain(kMisused, "one is explained at a time");
  const std::string& what = options.what.front();
  const auto id = ParseNumber<std::uint64_t>(what.starts_with('#') ? what.substr(1) : what);
  return id ? ExplainExchange(options, *id) : ExplainName(what);
}

}  // namespace

Command ExplainCommand() {
  const auto options = std::make_shared<ExplainOptions>();
  options->url = DefaultUrl();
  Command command{"explain", "explain a check, a finding, or what an exchange met", kExplainHelp};
  command.options.push_back(UrlOption("--url", options->url, "the server that has the exchange"));
  command.options.push_back(
      TextOption("--session", options->session, "NAME", "the session that has the exchange"));
  command.options.push_back(
      SecretOption("--admin-token", options->admin_token, "TOKEN", "what the server asks for"));
  command.words = {"WHAT", "a check, a code such as backoff-grows/at-once, or an exchange's number",
                   "WHAT is missing: name a check, a code of a finding or an exchange's number",
                   &options->what};
  command.run = [options](const auto&) { return Explain(*options); };
  return command;
}

}  // namespace mockduit
