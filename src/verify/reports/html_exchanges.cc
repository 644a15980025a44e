// The table of a session's exchanges. Each row unfolds to show its request and its response.
#include <algorithm>

#include "base/markup.h"
#include "verify/phrases.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

// A longer body is cut, so that a page with hundreds of them stays readable.
constexpr std::size_t kMaxBytes = 4096;

std::string Code(std::string_view text) { return Element("code", "", Escaped(text)); }

std::string Part(std::string_view text) { return Element("span", "class=\"part\"", text); }

std::string NameCell(const SessionView& view, const Exchange& exchange) {
  return Element("th", "scope=\"row\"",
                 Element("a", "href=\"#" + view.AnchorOf(exchange.id) + "\"",
                         "#" + std::to_string(exchange.id)));
}

std::string TimeCell(const Exchange& exchange, Time first) {
  const std::string at = FormatMicros(exchange.at);
  return Element("td", "class=\"time\"",
                 Element("time", "datetime=\"" + at + "\" title=\"" + at + "\"",
                         SinceFirst(exchange.at - first)));
}

std::string_view Role(Verdict::Result result) {
  if (result == Verdict::Result::kKnown) return "known to fail";
  return result == Verdict::Result::kFail ? "fails" : "leaves open";
}

// The cell has the request and the checks whose findings name it.
std::string RequestCell(const SessionView& view, const Exchange& exchange) {
  std::string cell = Code(exchange.request.method + " " + TargetOf(exchange));
  for (const Verdict* verdict : view.NamedBy(exchange.id)) {
    const bool failed = verdict->result == Verdict::Result::kFail;
    cell += " " + Element("a",
                          "class=\"badge " + std::string(failed ? "fail" : "unsure") +
                              "\" href=\"#" + view.AnchorOf(*verdict) + "\"",
                          std::string(Role(verdict->result)) + " " + Escaped(verdict->check));
  }
  return Element("td", "", cell);
}

std::string AnswerCell(const Exchange& exchange) {
  std::string cell = Badge(ToneClass(ToneOf(exchange)), AnswerOf(exchange));
  if (!exchange.outcome.empty()) cell += " " + Part(Code(exchange.outcome));
  if (exchange.scripted) cell += " " + Part("scripted");
  return Element("td", "", cell);
}

// The cell says what delayed the response or broke it on the wire.
std::string DeliveryCell(const Exchange& exchange) {
  const Delivery& delivery = exchange.response.delivery;
  std::string cell;
  if (delivery.fault != Fault::kNone) cell += Part(Escaped(FaultName(delivery.fault))) + " ";
  if (delivery.delay > Duration(0)) cell += Part("after " + Spell(delivery.delay)) + " ";
  if (ToneOf(exchange) == Tone::kLost && exchange.applied) cell += Part("took effect");
  return Element("td", "", cell);
}

std::string NotesCell(const Exchange& exchange) {
  std::string cell;
  if (const auto& wait = exchange.retry_after) {
    cell += Part("Retry-After " + Spell(wait->client)) + " ";
    if (wait->session != wait->client) {
      cell += Part(Spell(wait->session) + " on the session's clock") + " ";
    }
  }
  if (const auto& page = exchange.page) {
    cell += Part(Spell(page->items, "item")) + " ";
    cell += page->next.empty() ? Part("last page") : Part("next " + Code(page->next));
  }
  return Element("td", "", cell);
}

std::string Body(std::string_view body, std::uint64_t bytes) {
  if (body.empty()) return "";
  // The cut must not split a UTF-8 character.
  std::size_t end = std::min(body.size(), kMaxBytes);
  while (end > 0 && end < body.size() && (static_cast<unsigned char>(body[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  std::string text = "\n" + Escaped(body.substr(0, end));
  if (end < bytes) text += "\n… and " + Spell(bytes - end, "more byte");
  return text;
}

std::string Message(std::string_view start, const Headers& headers, std::string_view body,
                    std::uint64_t bytes) {
  std::string text = Escaped(start) + "\n";
  for (std::size_t i = 0; i < headers.fields().size(); ++i) {
    text += Escaped(headers.LineAt(i)) + "\n";
  }
  return Element("pre", "tabindex=\"0\"", text + Body(body, bytes));
}

std::string Messages(const Exchange& exchange) {
  const Request& request = exchange.request;
  const Response& response = exchange.response;
  const std::string target = request.path + (request.query.empty() ? "" : "?" + request.query);
  const std::string status =
      std::to_string(response.status) + " " + std::string(ReasonPhrase(response.status));
  return Element("details", "",
                 Element("summary", "",
                         "sent " + Spell(exchange.request_bytes, "byte") + ", answered " +
                             Spell(exchange.response_bytes, "byte")) +
                     Message(request.method + " " + target, request.headers, request.body,
                             exchange.request_bytes) +
                     Message(status, response.headers, response.body, exchange.response_bytes));
}

std::string Rows(const SessionView& view, const Exchange& exchange, Time first) {
  const std::string failed = view.Failed(exchange.id) ? " class=\"failed\"" : "";
  return "<tbody id=\"" + view.AnchorOf(exchange.id) + "\"" + failed + "><tr>" +
         NameCell(view, exchange) + TimeCell(exchange, first) + RequestCell(view, exchange) +
         AnswerCell(exchange) + DeliveryCell(exchange) + NotesCell(exchange) +
         "</tr>\n<tr class=\"more\"><td></td><td></td><td colspan=\"4\">" + Messages(exchange) +
         "</td></tr></tbody>\n";
}

}  // namespace

std::string HtmlExchanges(const SessionView& view) {
  const SessionReport& session = view.report();
  std::string table = Element("caption", "",
                              "Exchanges of session " + Escaped(session.session) +
                                  " by the session's clock; the first came at " +
                                  FormatMillis(session.shown.front().at) + ".") +
                      "\n<thead><tr>";
  for (const std::string_view name : {"id", "time", "request", "answer", "delivery", "notes"}) {
    table += Element("th", "scope=\"col\"", name);
  }
  table += "</tr></thead>\n";
  for (const Exchange& exchange : session.shown) {
    table += Rows(view, exchange, session.shown.front().at);
  }
  return Scrolling("Exchanges of session " + session.session,
                   Element("table", "class=\"exchanges\"", table)) +
         "\n";
}

}  // namespace mockduit
