// A session on the page: the results of its checks, and the exchanges they are based on.
#include "base/markup.h"
#include "verify/phrases.h"
#include "verify/reports/html_parts.h"

namespace mockduit {
namespace {

std::string FindingItem(const SessionView& view, const Finding& finding) {
  std::string ids;
  for (const std::uint64_t id : finding.exchanges) ids += " " + view.LinkTo(id);
  if (!ids.empty()) ids = " " + Element("span", "class=\"ids\"", ids.substr(1));
  const std::string code = " " + Element("code", "class=\"dim\"", Escaped(finding.code));
  return Element("li", "", Escaped(finding.text) + ids + code) + "\n";
}

// The rule that a check stands for, and the document that states it.
std::string Rule(const Verdict& verdict) {
  const Check* check = FindCheck(verdict.check);
  if (check == nullptr) return "";
  return Element("p", "class=\"rule\"",
                 "A client that passes " + Escaped(check->about) +
                     ". Basis: " + Escaped(check->basis) + ".") +
         "\n";
}

std::string OpenVerdict(const SessionView& view, const Verdict& verdict) {
  const std::string tone = verdict.result == Verdict::Result::kFail ? "fail" : "unsure";
  std::string findings;
  for (const Finding& finding : verdict.findings) findings += FindingItem(view, finding);
  const std::string text = findings.empty() ? Element("p", "", Escaped(verdict.summary)) + "\n"
                                            : Element("ul", "", "\n" + findings) + "\n";
  const std::string reason = verdict.known.empty() ? "" : ": " + Escaped(verdict.known);
  return Element("div", "class=\"verdict " + tone + "\" id=\"" + view.AnchorOf(verdict) + "\"",
                 Element("p", "class=\"name\"",
                         Badge(tone, ResultName(verdict.result)) + " " +
                             Element("code", "", Escaped(verdict.check)) + reason) +
                     "\n" + text + Rule(verdict)) +
         "\n";
}

std::string Passed(const SessionReport& session) {
  std::string rows;
  for (const Verdict& verdict : session.verdicts) {
    if (verdict.result != Verdict::Result::kPass) continue;
    rows += Element("li", "",
                    Badge("pass", "pass") + " " + Element("code", "", Escaped(verdict.check)) +
                        " " + Element("span", "class=\"dim\"", Escaped(verdict.summary))) +
            "\n";
  }
  return rows.empty() ? "" : Element("ul", "class=\"passed\"", "\n" + rows) + "\n";
}

std::string NotExercised(const SessionReport& session) {
  std::string names;
  for (const Verdict& verdict : session.verdicts) {
    if (verdict.result != Verdict::Result::kNotExercised) continue;
    if (!names.empty()) names += ", ";
    names += Element("code", "", Escaped(verdict.check));
  }
  if (names.empty()) return "";
  return Element("p", "class=\"dim idle\"", "Not exercised: " + names) + "\n";
}

std::string LeftBehind(const SessionReport& session) {
  std::string kinds;
  for (const auto& [kind, count] : session.left_behind) {
    kinds += (kinds.empty() ? "" : ", ") + std::to_string(count) + " " +
             Element("code", "", Escaped(kind));
  }
  if (kinds.empty()) return "";
  return Element("p", "class=\"dim left\"", "Made and not deleted: " + kinds) + "\n";
}

std::string Verdicts(const SessionView& view) {
  std::string open;
  using Result = Verdict::Result;
  for (const Result result : {Result::kFail, Result::kInconclusive, Result::kKnown}) {
    for (const Verdict& verdict : view.report().verdicts) {
      if (verdict.result == result) open += OpenVerdict(view, verdict);
    }
  }
  return open + Passed(view.report()) + NotExercised(view.report()) + LeftBehind(view.report());
}

std::string Notes(const SessionView& view) {
  const SessionReport& session = view.report();
  std::string notes;
  const auto note = [&](const std::string& words) {
    notes += Element("p", "class=\"note\"", words) + "\n";
  };
  if (session.truncated) {
    note("The journal no longer has every exchange; <code>--journal-size</code> keeps more.");
  }
  if (!view.with_exchanges()) {
    note("The page has no room for the exchanges of this session.");
  } else if (session.shown.size() < session.total) {
    note("Of " + Spell(session.total, "exchange") + " the page shows " +
         std::to_string(session.shown.size()) +
         ": those that a verdict names, and the first of the others.");
  }
  return notes;
}

}  // namespace

std::string HtmlSession(const SessionView& view, int heading) {
  const std::string level = std::to_string(heading);
  std::string content = Verdicts(view) + Notes(view);
  if (view.with_exchanges() && !view.report().shown.empty()) {
    content += Element("h" + level, "", "Time line") + "\n" + HtmlTimeline(view) +
               Element("h" + level, "", "Exchanges") + "\n" + HtmlExchanges(view);
  }
  return content;
}

}  // namespace mockduit
