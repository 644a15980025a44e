// The parts of the HTML page, each in a file of its own. What comes from outside gets onto the page
// by Escaped() alone; what is named here gives markup that is ready.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "verify/report.h"

namespace mockduit {

// The style sheet, which stands in the page itself.
extern const std::string_view kHtmlStyle;

// How an answer is coloured and marked.
enum class Tone : std::uint8_t { kSuccess, kRefusal, kThrottled, kServerError, kLost };
Tone ToneOf(const Exchange& exchange);
std::string_view ToneClass(Tone tone);  // "throttled", which the style sheet knows

// A session on its way to the page.
class SessionView {
 public:
  // Every anchor in it begins with `anchor`. Without its exchanges nothing links to them.
  SessionView(const SessionReport& report, std::string anchor, bool with_exchanges);

  const SessionReport& report() const { return report_; }
  const std::string& anchor() const { return anchor_; }
  bool with_exchanges() const { return with_exchanges_; }

  std::string AnchorOf(std::uint64_t exchange) const;  // "r1-s2-x17"
  std::string AnchorOf(const Verdict& verdict) const;  // "r1-s2-recovers"
  std::string LinkTo(std::uint64_t exchange) const;    // "#17", a link where it is shown
  // The checks that name the exchange: those that failed, and those that could not be told.
  using Checks = std::vector<const Verdict*>;
  const Checks& NamedBy(std::uint64_t exchange) const;
  // Whether the wait that the exchange's answer asked for was cut short.
  bool CutShort(std::uint64_t exchange) const;
  bool Failed(std::uint64_t exchange) const;

 private:
  const SessionReport& report_;
  std::string anchor_;
  bool with_exchanges_;
  std::unordered_set<std::uint64_t> shown_;
  std::map<std::uint64_t, Checks> named_by_;
};

bool IsBad(const SessionReport& session);  // something failed or could not be told
std::size_t CountVerdicts(const SessionReport& session, Verdict::Result result);
std::size_t CountVerdicts(const Report& report, Verdict::Result result);

// The vendor's own path with the query, and what became of the request.
std::string TargetOf(const Exchange& exchange);
std::string AnswerOf(const Exchange& exchange);
// "1.02 s after the first", or "10 ms before".
std::string SinceFirst(Duration duration);

// <tag attributes>content</tag>
std::string Element(std::string_view tag, std::string_view attributes, std::string_view content);
// A coloured word.
std::string Badge(std::string_view tone, std::string_view words);
// A table, or whatever else may be too wide, that scrolls by itself.
std::string Scrolling(std::string_view label, std::string_view content);
// The bar of a share, and the share in words: "4 of 11 (36.3 %)".
std::string Meter(const Coverage::Share& share);
std::string InWords(const Coverage::Share& share);

std::string HtmlSession(const SessionView& view, int heading);
std::string HtmlTimeline(const SessionView& view);
std::string HtmlExchanges(const SessionView& view);
std::string HtmlCoverage(const Coverage& coverage);

}  // namespace mockduit
