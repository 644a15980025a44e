#include "verify/reports/html.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/markup.h"
#include "verify/phrases.h"
#include "verify/reports/html_parts.h"
#include "verify/reports/html_theme.h"

namespace mockduit {
namespace {

// The page shows the verdicts of at most so many sessions, and the rows of at most so many
// exchanges, so that a browser opens it at once. Sessions with something wrong come first.
constexpr std::size_t kMaxSessions = 200;
constexpr std::size_t kMaxExchanges = 5000;

// Decides which sessions are on the page, and which of them show their exchanges.
class Room {
 public:
  explicit Room(const std::vector<Report>& reports) {
    for (const bool bad : {true, false}) {
      for (const Report& report : reports) {
        for (const SessionReport& session : report.sessions) {
          if (session.IsBad() == bad) Take(session);
        }
      }
    }
  }

  bool Lists(const SessionReport& session) const { return listed_.contains(&session); }
  bool ShowsExchanges(const SessionReport& session) const { return shown_.contains(&session); }

 private:
  void Take(const SessionReport& session) {
    if (listed_.size() == kMaxSessions) return;
    listed_.insert(&session);
    if (session.shown.size() > left_) return;
    left_ -= session.shown.size();
    shown_.insert(&session);
  }

  std::set<const SessionReport*> listed_;
  std::set<const SessionReport*> shown_;
  std::size_t left_ = kMaxExchanges;
};

std::string TitleOf(const Report& report) {
  if (!report.title.empty()) return report.title;
  return report.sessions.size() == 1 ? "session " + report.sessions.front().session
                                     : "all sessions";
}

std::string AnchorOf(std::size_t run) { return "r" + std::to_string(run + 1); }

std::string CommandBadge(const Report& report) {
  if (!report.exit_code) return "";
  return Badge(*report.exit_code == 0 ? "pass" : "fail",
               "exit code " + std::to_string(*report.exit_code));
}

std::string_view ToneOf(Verdict::Result result) {
  switch (result) {
    case Verdict::Result::kPass: return "pass";
    case Verdict::Result::kFail: return "fail";
    case Verdict::Result::kInconclusive:
    case Verdict::Result::kKnown: return "unsure";
    case Verdict::Result::kNotExercised: return "idle";
  }
  return "";
}

std::string_view WordOf(Verdict::Result result) {
  return result == Verdict::Result::kNotExercised ? "not exercised" : ResultName(result);
}

// Known failures have a place only where there are any.
std::vector<Verdict::Result> Results(bool any_known) {
  using Result = Verdict::Result;
  if (!any_known)
    return {Result::kFail, Result::kInconclusive, Result::kPass, Result::kNotExercised};
  return {Result::kFail, Result::kInconclusive, Result::kKnown, Result::kPass,
          Result::kNotExercised};
}

template <class Checked>
bool HasKnown(const Checked& checked) {
  return checked.Count(Verdict::Result::kKnown) > 0;
}

// The number of checks with each result: "2 fail", "9 pass". A result that no check had is pale.
template <class Checked>
std::string Counts(const Checked& checked) {
  std::string counts;
  for (const Verdict::Result result : Results(HasKnown(checked))) {
    const std::size_t count = checked.Count(result);
    counts += Badge(count > 0 ? ToneOf(result) : "idle",
                    std::to_string(count) + " " + std::string(WordOf(result))) +
              " ";
  }
  return counts;
}

// What the filter for failures leaves on the page.
bool Failed(const Report& report) {
  return report.exit_code.value_or(0) != 0 || report.Has(Verdict::Result::kFail);
}

std::string RunRow(const Report& report, std::size_t run, bool any_known) {
  std::string cells =
      Element("th", "scope=\"row\"",
              Element("a", "href=\"#" + AnchorOf(run) + "\"", Escaped(TitleOf(report)))) +
      Element("td", "", CommandBadge(report));
  for (const Verdict::Result result : Results(any_known)) {
    const std::size_t count = report.Count(result);
    cells += Element("td",
                     "class=\"number " + std::string(count > 0 ? ToneOf(result) : "idle") +
                         "\" data-label=\"" + std::string(WordOf(result)) + "\"",
                     std::to_string(count));
  }
  return Element("tr", Failed(report) ? "class=\"failed\"" : "",
                 cells + Element("td", "", Meter(report.coverage.OfCalled()))) +
         "\n";
}

std::string RunTable(const std::vector<Report>& reports) {
  const bool any_known = std::ranges::any_of(reports, &HasKnown<Report>);
  std::vector<std::string_view> names = {"scenario", "command"};
  std::ranges::transform(Results(any_known), std::back_inserter(names), &WordOf);
  names.emplace_back("coverage");
  std::string head;
  for (const std::string_view name : names) head += Element("th", "scope=\"col\"", name);
  std::string rows;
  for (std::size_t run = 0; run < reports.size(); ++run) {
    rows += RunRow(reports[run], run, any_known);
  }
  return Element("nav", "aria-label=\"Runs\"",
                 Scrolling("Runs", Element("table", "class=\"runs\"",
                                           "<caption>All runs</caption>\n" +
                                               Element("thead", "", Element("tr", "", head)) +
                                               "\n" + Element("tbody", "", "\n" + rows)))) +
         "\n";
}

std::string Commands(const std::vector<Report>& reports) {
  const auto failed = static_cast<std::size_t>(std::ranges::count_if(
      reports, [](const Report& report) { return report.exit_code.value_or(0) != 0; }));
  if (failed == 0) return "";
  if (reports.size() == 1) return "The command failed. ";
  return "The command failed in " + std::to_string(failed) + " of " + Spell(reports.size(), "run") +
         ". ";
}

std::string KnownText(std::size_t known) {
  if (known == 0) return "";
  return " " + Spell(known, "failure") + (known == 1 ? " is" : " are") + " known.";
}

// Sums up all runs in a sentence or two.
std::string Conclusion(const std::vector<Report>& reports) {
  std::size_t failed = 0;
  std::size_t unsure = 0;
  std::size_t passed = 0;
  std::size_t known = 0;
  for (const Report& report : reports) {
    known += report.Count(Verdict::Result::kKnown);
    failed += report.Count(Verdict::Result::kFail);
    unsure += report.Count(Verdict::Result::kInconclusive);
    passed += report.Count(Verdict::Result::kPass);
  }
  const std::string commands = Commands(reports);
  const std::string open = Spell(unsure, "verdict") + (unsure == 1 ? " is" : " are") + " open.";
  const auto conclude = [&](std::string_view tone, const std::string& words) {
    return Element("p",
                   "class=\"conclusion " + std::string(commands.empty() ? tone : "fail") + "\"",
                   commands + words + KnownText(known)) +
           "\n";
  };
  if (failed > 0) {
    return conclude("fail", Spell(failed, "check") + " failed" + (unsure > 0 ? "; " + open : "."));
  }
  if (unsure > 0) return conclude("unsure", "No check failed, but " + open);
  if (known > 0) return conclude("pass", "No check failed that is not known.");
  if (passed == 0) return conclude("idle", "Nothing was exercised.");
  return conclude("pass", "Every check that was exercised passed.");
}

// A box that leaves what failed on the page. The style sheet does it, without a script.
std::string FailuresOnly(const std::vector<Report>& reports) {
  const bool any = std::ranges::any_of(
      reports, [](const Report& report) { return report.Has(Verdict::Result::kFail); });
  if (!any) return "";
  return Element("p", "class=\"filter\"",
                 Element("label", "",
                         "<input type=\"checkbox\" id=\"only-failed\" autocomplete=\"off\"> "
                         "Only what failed")) +
         "\n";
}

// What the verdicts do not tell.
std::string Unjudged(const Report& report) {
  if (report.exercised_nothing) {
    return Element("p", "class=\"note\"",
                   "Nothing exercised: no request met a failure of the scenario.") +
           "\n";
  }
  if (report.unjudged == 0) return "";
  return Element("p", "class=\"note\"",
                 Spell(report.unjudged, "exchange") +
                     " not judged: cleared by a reset, or in sessions that were dropped.") +
         "\n";
}

class RunSection {
 public:
  RunSection(const Report& report, std::string anchor, const Room& room, bool alone)
      : report_(report), anchor_(std::move(anchor)), room_(room), alone_(alone) {}

  std::string Write() const {
    return Element(
               "section",
               "id=\"" + anchor_ + "\" class=\"run" + (Failed(report_) ? " failed" : "") +
                   "\" aria-labelledby=\"" + anchor_ + "-title\"",
               "\n" +
                   Element("h2", "id=\"" + anchor_ + "-title\"",
                           (report_.title.empty() ? "" : "<span class=\"dim\">Scenario</span> ") +
                               Escaped(TitleOf(report_))) +
                   "\n" +
                   Element("p", "class=\"counts\"", CommandBadge(report_) + " " + Counts(report_)) +
                   "\n" + Unjudged(report_) + Sessions() + CoverageSection()) +
           "\n";
  }

 private:
  std::string Sessions() const {
    if (report_.sessions.empty()) return "<p>There was no request to judge.</p>\n";
    std::string bad;
    std::string good;
    std::size_t omitted = 0;
    for (std::size_t i = 0; i < report_.sessions.size(); ++i) {
      const SessionReport& session = report_.sessions[i];
      if (!room_.Lists(session)) {
        ++omitted;
      } else {
        (session.IsBad() ? bad : good) += Session(session, i);
      }
    }
    if (omitted > 0) {
      good += Element("p", "class=\"note\"",
                      "The page has no room for " + Spell(omitted, "more session") + ".") +
              "\n";
    }
    return bad + good;
  }

  // The session is open where something is wrong, or where it is the only one.
  std::string Session(const SessionReport& session, std::size_t index) const {
    const SessionView view(session, anchor_ + "-s" + std::to_string(index + 1),
                           room_.ShowsExchanges(session));
    const std::string title = "Session " + Element("code", "", Escaped(session.session)) +
                              " <span class=\"dim\">" + Spell(session.total, "exchange") +
                              "</span>";
    const bool failed = session.Count(Verdict::Result::kFail) > 0;
    const std::string attributes = "class=\"session" + std::string(failed ? " failed" : "") +
                                   "\" id=\"" + view.anchor() + "\"";
    if (session.IsBad() || (alone_ && report_.sessions.size() == 1)) {
      return Element("section", attributes + LabelledBy(view.anchor() + "-title"),
                     "\n" + Element("h3", "id=\"" + view.anchor() + "-title\"", title) + "\n" +
                         HtmlSession(view, 4)) +
             "\n";
    }
    return Element("details", attributes,
                   Element("summary", "", Element("h3", "", title) + " " + Counts(session)) + "\n" +
                       HtmlSession(view, 4)) +
           "\n";
  }

  // Runs have sessions of the same names, so the label of a part begins with the run's title.
  std::string LabelledBy(const std::string& title) const {
    return " aria-labelledby=\"" + anchor_ + "-title " + title + "\"";
  }

  std::string CoverageSection() const {
    const std::string title = anchor_ + "-coverage";
    return Element("section", "class=\"coverage\"" + LabelledBy(title),
                   "\n" + Element("h3", "id=\"" + title + "\"", "Coverage") + "\n" +
                       HtmlCoverage(report_.coverage)) +
           "\n";
  }

  const Report& report_;
  std::string anchor_;
  const Room& room_;
  bool alone_;  // the only run
};

std::string Head(const std::vector<Report>& reports) {
  const std::string of = reports.size() == 1 ? ": " + Escaped(TitleOf(reports.front())) : "";
  return "<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n" +
         Element("title", "", "Mockduit report" + of) + "\n" +
         Element("style", "", std::string(kHtmlTheme) + std::string(kHtmlStyle)) + "\n</head>\n";
}

}  // namespace

std::string HtmlPage(const std::vector<Report>& reports) {
  const Room room(reports);
  const bool alone = reports.size() == 1;
  std::string main = alone ? "" : RunTable(reports);
  for (std::size_t run = 0; run < reports.size(); ++run) {
    main += RunSection(reports[run], AnchorOf(run), room, alone).Write();
  }
  return "<!doctype html>\n<html lang=\"en\">\n" + Head(reports) + "<body>\n" +
         Element(
             "header", "",
             "\n<h1>How the client behaved</h1>\n" + Conclusion(reports) + FailuresOnly(reports)) +
         "\n" + Element("main", "", "\n" + main) +
         "\n<footer><p>Generated by Mockduit.</p></footer>\n</body>\n</html>\n";
}

}  // namespace mockduit
