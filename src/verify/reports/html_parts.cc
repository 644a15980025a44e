#include "verify/reports/html_parts.h"

#include <algorithm>
#include <cstdio>

#include "base/markup.h"
#include "verify/phrases.h"

namespace mockduit {

Tone ToneOf(const Exchange& exchange) {
  const Fault fault = exchange.response.delivery.fault;
  const int status = exchange.response.status;
  if (exchange.abandoned) return Tone::kLost;
  if (LosesAnswer(fault)) return Tone::kLost;
  if (status < 400) return Tone::kSuccess;
  if (status == 429) return Tone::kThrottled;
  return status >= 500 ? Tone::kServerError : Tone::kRefusal;
}

std::string_view ToneClass(Tone tone) {
  switch (tone) {
    case Tone::kSuccess: return "success";
    case Tone::kRefusal: return "refusal";
    case Tone::kThrottled: return "throttled";
    case Tone::kServerError: return "broken";
    case Tone::kLost: return "lost";
  }
  return "";
}

SessionView::SessionView(const SessionReport& report, std::string anchor, bool with_exchanges)
    : report_(report), anchor_(std::move(anchor)), with_exchanges_(with_exchanges) {
  if (!with_exchanges_) return;
  for (const Exchange& exchange : report_.shown) shown_.insert(exchange.id);
  for (const Verdict& verdict : report_.verdicts) {
    for (const Finding& finding : verdict.findings) {
      for (const std::uint64_t id : finding.exchanges) {
        Checks& checks = named_by_[id];
        if (std::ranges::find(checks, &verdict) == checks.end()) checks.push_back(&verdict);
      }
    }
  }
}

std::string SessionView::AnchorOf(std::uint64_t exchange) const {
  return anchor_ + "-x" + std::to_string(exchange);
}

std::string SessionView::AnchorOf(const Verdict& verdict) const {
  return anchor_ + "-" + verdict.check;
}

std::string SessionView::LinkTo(std::uint64_t exchange) const {
  std::string name = "#" + std::to_string(exchange);
  if (!shown_.contains(exchange)) return name;
  return Element("a", "href=\"#" + AnchorOf(exchange) + "\"", name);
}

const SessionView::Checks& SessionView::NamedBy(std::uint64_t exchange) const {
  static const Checks kNone;
  const auto found = named_by_.find(exchange);
  return found != named_by_.end() ? found->second : kNone;
}

// A finding names the response first, and then the attempt that came too soon.
bool SessionView::CutShort(std::uint64_t exchange) const {
  return std::ranges::any_of(NamedBy(exchange), [&](const Verdict* verdict) {
    return verdict->result == Verdict::Result::kFail && verdict->check == "retry-after-honoured" &&
           std::ranges::any_of(verdict->findings, [&](const Finding& finding) {
             return !finding.exchanges.empty() && finding.exchanges.front() == exchange;
           });
  });
}

bool SessionView::Failed(std::uint64_t exchange) const {
  return std::ranges::any_of(NamedBy(exchange), [](const Verdict* verdict) {
    return verdict->result == Verdict::Result::kFail;
  });
}

std::string TargetOf(const Exchange& exchange) {
  const Request& request = exchange.request;
  const std::size_t start = std::min<std::size_t>(exchange.path_start, request.path.size());
  return request.path.substr(start) + (request.query.empty() ? "" : "?" + request.query);
}

std::string AnswerOf(const Exchange& exchange) {
  if (exchange.abandoned) return "no answer that it waited for";
  if (ToneOf(exchange) == Tone::kLost) {
    return "no whole answer (" + std::string(FaultName(exchange.response.delivery.fault)) + ")";
  }
  return std::to_string(exchange.response.status);
}

std::string SinceFirst(Duration duration) {
  return duration < Duration(0) ? "-" + Spell(-duration) : Spell(duration);
}

std::string Element(std::string_view tag, std::string_view attributes, std::string_view content) {
  std::string element = "<" + std::string(tag);
  if (!attributes.empty()) element += " " + std::string(attributes);
  return element + ">" + std::string(content) + "</" + std::string(tag) + ">";
}

std::string Badge(std::string_view tone, std::string_view words) {
  return Element("span", "class=\"badge " + std::string(tone) + "\"", Escaped(words));
}

// The box takes the focus, because the keyboard scrolls only the element that has it.
std::string Scrolling(std::string_view label, std::string_view content) {
  return Element(
      "div", "class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"" + Escaped(label) + "\"",
      content);
}

std::string InWords(const Coverage::Share& share) {
  char percent[32];
  std::snprintf(percent, sizeof percent, " (%.1f %%)", share.Percent());
  return std::to_string(share.met) + " of " + std::to_string(share.of) + percent;
}

std::string Meter(const Coverage::Share& share) {
  char style[64];
  std::snprintf(style, sizeof style, "<i style=\"width:%.1f%%\"></i>", share.Percent());
  return Element("span", "class=\"meter\" aria-hidden=\"true\"", style) + InWords(share);
}

}  // namespace mockduit
