#include "verify/reports/summary.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "verify/gates.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

class Writer {
 public:
  explicit Writer(SummaryStyle style) : colours_(style.colours) {}

  void Line(const std::string& line) { text += line + "\n"; }
  std::string Bold(const std::string& words) const { return In("1", words); }
  std::string Dim(const std::string& words) const { return In("2", words); }
  std::string Bad(const std::string& words) const { return In("31", words); }
  std::string Good(const std::string& words) const { return In("32", words); }
  std::string Odd(const std::string& words) const { return In("33", words); }

  std::string Mark(Verdict::Result result) const {
    switch (result) {
      case Verdict::Result::kPass: return Good("pass");
      case Verdict::Result::kFail: return Bad("FAIL");
      case Verdict::Result::kInconclusive: return Odd("????");
      case Verdict::Result::kNotExercised: return Dim("----");
      case Verdict::Result::kKnown: return Odd("KNOWN");
    }
    return "";
  }

  std::string text;

 private:
  std::string In(const char* colour, const std::string& words) const {
    return colours_ ? std::string("\x1b[") + colour + "m" + words + "\x1b[0m" : words;
  }

  bool colours_;
};

std::string Padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

// Replaces control characters, because a terminal would obey those that a client has sent.
std::string Printable(std::string_view text) {
  std::string printable;
  const std::string valid = ValidUtf8(text);
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto byte = static_cast<unsigned char>(valid[i]);
    const bool c1 =
        byte == 0xC2 && i + 1 < valid.size() && static_cast<unsigned char>(valid[i + 1]) < 0xA0;
    if (byte >= ' ' && byte != 0x7F && !c1) {
      printable += valid[i];
    } else {
      printable += '?';
      i += c1 ? 1 : 0;
    }
  }
  return printable;
}

std::string Ids(const std::vector<std::uint64_t>& ids) {
  constexpr std::size_t kShown = 6;
  std::string text;
  for (std::size_t i = 0; i < ids.size() && i < kShown; ++i) {
    text += (i == 0 ? "#" : " #") + std::to_string(ids[i]);
  }
  return text + (ids.size() > kShown ? " …" : "");
}

std::string ShareText(const Coverage::Share& share) {
  char percent[32];
  std::snprintf(percent, sizeof percent, " (%.1f %%)", share.Percent());
  return std::to_string(share.met) + " of " + std::to_string(share.of) + percent;
}

constexpr std::size_t kNameWidth = 25;

// What is said of a verdict, a line each: the reason why it is known, and its findings.
std::vector<std::string> LinesOf(const Verdict& verdict, const Writer& out) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> lines;
  if (!verdict.known.empty()) lines.push_back(Printable(verdict.known));
  if (verdict.findings.empty()) lines.push_back(verdict.summary);
  for (std::size_t i = 0; i < verdict.findings.size() && i < kShown; ++i) {
    lines.push_back(Printable(verdict.findings[i].text) + "  " +
                    out.Dim(Ids(verdict.findings[i].exchanges)));
  }
  if (verdict.findings.size() > kShown) {
    lines.push_back("and " + std::to_string(verdict.findings.size() - kShown) + " more");
  }
  return lines;
}

void WriteVerdict(const Verdict& verdict, Writer& out) {
  // The mark of a known failure is longer by a letter.
  std::string before = "  " + out.Mark(verdict.result) +
                       (verdict.result == Verdict::Result::kKnown ? " " : "  ") +
                       Padded(verdict.check, kNameWidth - 1) + " ";
  for (const std::string& line : LinesOf(verdict, out)) {
    out.Line(before + line);
    before = std::string(8 + kNameWidth, ' ');
  }
}

void WriteSession(const SessionReport& session, bool only_bad, Writer& out) {
  out.Line(out.Bold("session " + session.session) + ": " + Spell(session.total, "exchange"));
  std::vector<std::string> idle;
  for (const Verdict& verdict : session.verdicts) {
    if (verdict.result == Verdict::Result::kNotExercised) {
      idle.push_back(verdict.check);
    } else if (!only_bad || verdict.result != Verdict::Result::kPass) {
      WriteVerdict(verdict, out);
    }
  }
  if (!idle.empty() && !only_bad) out.Line("  " + out.Dim("----  not exercised: " + Join(idle)));
}

// Where only what went wrong is shown, so is what is known to go wrong.
bool IsTold(const SessionReport& session) {
  return session.IsBad() || session.Count(Verdict::Result::kKnown) > 0;
}

void WriteSessions(const Report& report, bool only_bad, Writer& out) {
  constexpr std::size_t kShown = 20;
  // With many sessions, only those with something wrong are shown.
  const bool many = report.sessions.size() > kShown;
  std::size_t left = kShown;
  std::size_t more = 0;
  for (const SessionReport& session : report.sessions) {
    if ((only_bad || many) && !IsTold(session)) continue;
    if (left == 0) {
      ++more;
    } else {
      --left;
      WriteSession(session, only_bad || many, out);
    }
  }
  if (more > 0) out.Line("and " + Spell(more, "more session") + " with something wrong");
}

// The operation's name, followed by its edition if several editions of its vendor were called.
std::string NameOf(const Coverage::Row& row, const Coverage& coverage) {
  const Contract& contract = *row.operation->contract;
  const bool several = std::ranges::any_of(coverage.rows(), [&](const Coverage::Row& other) {
    const Contract& of_other = *other.operation->contract;
    return other.called > 0 && of_other.vendor == contract.vendor && &of_other != &contract;
  });
  return row.operation->name + (several ? " (" + contract.edition + ")" : "");
}

// "success", or "success (303)" where the operation has several of that name.
std::string NameOf(const Coverage::Cell& cell, const Coverage::Row& row) {
  const std::string& name = cell.outcome->name;
  const bool several = std::ranges::count_if(row.cells, [&](const Coverage::Cell& other) {
                         return other.outcome->name == name;
                       }) > 1;
  return several ? name + " (" + std::to_string(cell.outcome->status) + ")" : name;
}

void WriteCoverage(const Report& report, Writer& out) {
  std::size_t called = 0;
  for (const Coverage::Row& row : report.coverage.rows()) called += row.called > 0 ? 1 : 0;
  out.Line(out.Bold("coverage") + ": " + ShareText(report.coverage.OfCalled()) +
           " of the documented outcomes of " + Spell(called, "operation") + " that were called");
  for (const Coverage::Row& row : report.coverage.rows()) {
    if (row.called == 0) continue;
    std::vector<std::string> met;
    std::vector<std::string> missing;
    for (const Coverage::Cell& cell : row.cells) {
      (cell.Met() ? met : missing).push_back(NameOf(cell, row));
    }
    out.Line("  " + Padded(NameOf(row, report.coverage), kNameWidth + 5) + " " +
             (met.empty() ? "" : out.Good(Join(met)) + "  ") +
             (missing.empty() ? "" : out.Dim("missing: " + Join(missing))));
  }
  if (report.coverage.truncated()) {
    out.Line("  " + out.Odd("journals no longer have every exchange; --journal-size keeps more"));
  }
}

void WriteUnjudged(const Report& report, Writer& out) {
  if (report.unjudged == 0) return;
  out.Line(out.Odd(Spell(report.unjudged, "exchange") +
                   " not judged: cleared by a reset, or in sessions that were dropped"));
}

constexpr std::size_t kCountsWidth = 34;

std::string CommandResult(const Report& report) {
  return report.exit_code ? "exit " + std::to_string(*report.exit_code) : "";
}

std::string CountsText(const Report& report, const Writer& out) {
  const std::size_t failed = report.Count(Verdict::Result::kFail);
  const std::size_t inconclusive = report.Count(Verdict::Result::kInconclusive);
  const std::size_t known = report.Count(Verdict::Result::kKnown);
  std::string text = std::to_string(report.Count(Verdict::Result::kPass)) + " pass";
  if (known > 0) text += ", " + std::to_string(known) + " known";
  if (inconclusive > 0) text += ", " + std::to_string(inconclusive) + " inconclusive";
  if (failed > 0) text += ", " + std::to_string(failed) + " fail";
  if (report.exercised_nothing) text += "; nothing exercised";
  text = Padded(std::move(text), kCountsWidth);
  if (failed > 0) return out.Bad(text);
  return inconclusive > 0 || report.exercised_nothing ? out.Odd(text) : out.Good(text);
}

// The coverage of all runs together.
Coverage::Share Together(const std::vector<Report>& reports) {
  Tally tally;
  for (const Report& report : reports) tally.Add(report);
  return tally.Covered();
}

void WriteRows(const std::vector<Report>& reports, Writer& out) {
  std::size_t width = std::string_view("scenario").size();
  for (const Report& report : reports) width = std::max(width, report.title.size());
  out.Line(out.Bold(Padded("scenario", width) + "  command   " + Padded("verdicts", kCountsWidth) +
                    "coverage"));
  for (const Report& report : reports) {
    const std::string command = Padded(CommandResult(report), 10);
    const bool failed = report.exit_code.value_or(0) != 0;
    out.Line(Padded(report.title, width) + "  " + (failed ? out.Bad(command) : command) +
             CountsText(report, out) + ShareText(report.coverage.OfCalled()));
  }
  out.Line(Padded("together", width + 12 + kCountsWidth) + ShareText(Together(reports)));
}

}  // namespace

std::string Summary(const std::vector<Report>& reports, SummaryStyle style) {
  Writer out(style);
  if (reports.size() == 1) {
    const Report& report = reports.front();
    const bool any = std::ranges::any_of(report.sessions, &SessionReport::total);
    if (!any) {
      out.Line("there was no request to judge");
      WriteUnjudged(report, out);
      return std::move(out.text);
    }
    WriteSessions(report, false, out);
    if (report.exercised_nothing) {
      out.Line(out.Odd("nothing exercised: no request met a failure of " + report.title));
    }
    WriteCoverage(report, out);
    WriteUnjudged(report, out);
    return std::move(out.text);
  }
  WriteRows(reports, out);
  for (const Report& report : reports) {
    const bool told = std::ranges::any_of(report.sessions, &IsTold);
    if (told || report.unjudged > 0) out.Line("\n" + out.Bold("under " + report.title));
    WriteSessions(report, true, out);
    WriteUnjudged(report, out);
  }
  return std::move(out.text);
}

}  // namespace mockduit
