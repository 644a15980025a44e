// The parts of the HTML report, each in a file of its own. Text from requests and responses is put
// on the page through Escaped() alone; every function here returns finished markup.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "verify/report.h"

namespace mockduit {

// The report's own style sheet, which stands on the page after the theme.
extern const std::string_view kHtmlStyle;

// The color and the mark of a response.
enum class Tone : std::uint8_t { kSuccess, kRefusal, kThrottled, kServerError, kLost };
Tone ToneOf(const Exchange& exchange);
std::string_view ToneClass(Tone tone);  // "throttled", a class of the style sheet

// A session with the anchors and links that its parts of the page share.
class SessionView {
 public:
  // Every anchor of the session begins with `anchor`. Without exchanges there are no links to them.
  SessionView(const SessionReport& report, std::string anchor, bool with_exchanges);

  const SessionReport& report() const { return report_; }
  const std::string& anchor() const { return anchor_; }
  bool with_exchanges() const { return with_exchanges_; }

  std::string AnchorOf(std::uint64_t exchange) const;  // "r1-s2-x17"
  std::string AnchorOf(const Verdict& verdict) const;  // "r1-s2-recovers"
  std::string LinkTo(std::uint64_t exchange) const;    // "#17", as a link if the exchange is shown
  // The verdicts whose findings name the exchange: failed and inconclusive ones.
  using Checks = std::vector<const Verdict*>;
  const Checks& NamedBy(std::uint64_t exchange) const;
  // True when the client cut the wait short that the response announced.
  bool CutShort(std::uint64_t exchange) const;
  bool Failed(std::uint64_t exchange) const;

 private:
  const SessionReport& report_;
  std::string anchor_;
  bool with_exchanges_;
  std::unordered_set<std::uint64_t> shown_;
  std::map<std::uint64_t, Checks> named_by_;
};

// The vendor's path with the query, and the result of the request.
std::string TargetOf(const Exchange& exchange);
std::string AnswerOf(const Exchange& exchange);
// "1.02 s after the first", or "10 ms before".
std::string SinceFirst(Duration duration);

// <tag attributes>content</tag>
std::string Element(std::string_view tag, std::string_view attributes, std::string_view content);
// A colored word.
std::string Badge(std::string_view tone, std::string_view words);
// A scrolling box for a table or another element that may be too wide. It is no landmark, so labels
// may repeat.
std::string Scrolling(std::string_view label, std::string_view content);
// The bar of a share, and its text: "4 of 11 (36.3 %)".
std::string Meter(const Coverage::Share& share);
std::string InWords(const Coverage::Share& share);

std::string HtmlSession(const SessionView& view, int heading);
std::string HtmlTimeline(const SessionView& view);
std::string HtmlExchanges(const SessionView& view);
std::string HtmlCoverage(const Coverage& coverage);

}  // namespace mockduit
