#include "verify/gates.h"

#include <algorithm>
#include <cstdio>

#include "base/suggest.h"
#include "base/text.h"
#include "verify/check.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

constexpr std::string_view kAll = "all";

std::string Percent(double percent) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", percent);
  return text;
}

const Json::Array& Items(const Json& list) {
  static const Json::Array kNone;
  return list.IsArray() ? *list.IfArray() : kNone;
}

Verdict ReadVerdict(const Json& json) {
  Verdict verdict;
  verdict.check = json.Get("check").AsString();
  verdict.result = ResultNamed(json.Get("result").AsString());
  for (const Json& finding : Items(json.Get("findings"))) {
    verdict.findings.push_back({.code = std::string(finding.Get("code").AsString())});
  }
  return verdict;
}

}  // namespace

Result<Gates> Gates::Make(std::vector<std::string> require, std::optional<double> min_coverage) {
  std::vector<std::string> known = CheckNames();
  known.emplace_back(kAll);
  for (const std::string& check : require) {
    if (std::ranges::find(known, check) == known.end()) {
      const std::string nearest = DidYouMean(check, known);
      return Fail("'" + check + "' is no check" +
                  (nearest.empty() ? "; the checks are " + Join(known) : nearest));
    }
  }
  return Gates{std::move(require), min_coverage};
}

bool Gates::AskForAPart() const {
  return !require.empty() && std::ranges::find(require, kAll) == require.end();
}

void Tally::Add(const SessionReport& session) {
  exchanges_ += session.total;
  for (const Verdict& verdict : session.verdicts) ++results_[verdict.check][verdict.result];
}

void Tally::Add(const Report& report) {
  for (const SessionReport& session : report.sessions) Add(session);
  if (report.exercised_nothing) idle_.push_back(report.title);
  for (const Coverage::Row& row : report.coverage.rows()) {
    if (row.called == 0) continue;
    std::vector<bool> met;
    for (const Coverage::Cell& cell : row.cells) met.push_back(cell.Met());
    Meet(row.operation->name + " " + row.operation->contract->edition, met);
  }
  truncated_ = truncated_ || report.coverage.truncated();
}

std::vector<SessionReport> ReadSessionReports(const Json& verdicts) {
  std::vector<SessionReport> reports;
  for (const Json& session : Items(verdicts.Get("sessions"))) {
    SessionReport& report = reports.emplace_back();
    report.session = session.Get("session").AsString();
    report.total = static_cast<std::uint64_t>(session.Get("total").AsInteger());
    for (const Json& scenario : Items(session.Get("scenarios"))) {
      report.scenarios.emplace_back(scenario.AsString());
    }
    for (const Json& verdict : Items(session.Get("verdicts"))) {
      report.verdicts.push_back(ReadVerdict(verdict));
    }
  }
  return reports;
}

void Tally::AddCoverage(const Json& coverage) {
  const Json::Object* vendors = coverage.Get("vendors").IfObject();
  for (const JsonMember& vendor : vendors != nullptr ? *vendors : Json::Object()) {
    const Json::Array* operations = vendor.value.IfArray();
    for (const Json& operation : operations != nullptr ? *operations : Json::Array()) {
      const Json::Array* outcomes = operation.Get("outcomes").IfArray();
      if (operation.Get("called").AsInteger() == 0 || outcomes == nullptr) continue;
      std::vector<bool> met;
      for (const Json& outcome : *outcomes) met.push_back(outcome.Get("met").AsBool());
      Meet(std::string(operation.Get("operation").AsString()) + " " +
               std::string(operation.Get("edition").AsString()),
           met);
    }
  }
  truncated_ = truncated_ || coverage.Get("truncated").AsBool();
}

void Tally::Meet(const std::string& operation, const std::vector<bool>& met) {
  std::vector<bool>& known = met_[operation];
  known.resize(std::max(known.size(), met.size()));
  for (std::size_t i = 0; i < met.size(); ++i) known[i] = known[i] || met[i];
}

Coverage::Share Tally::Covered() const {
  Coverage::Share share;
  for (const auto& [operation, met] : met_) {
    share.of += met.size();
    share.met += static_cast<std::size_t>(std::ranges::count(met, true));
  }
  return share;
}

std::uint64_t Tally::Times(const std::string& check, Verdict::Result result) const {
  const auto results = results_.find(check);
  if (results == results_.end()) return 0;
  const auto times = results->second.find(result);
  return times != results->second.end() ? times->second : 0;
}

void Tally::Require(const std::string& check, bool exercised,
                    std::vector<std::string>& unmet) const {
  const auto failed = Times(check, Verdict::Result::kFail);
  const auto inconclusive = Times(check, Verdict::Result::kInconclusive);
  if (failed > 0) {
    unmet.push_back(check + " failed in " + Spell(failed, "session"));
  } else if (inconclusive > 0) {
    unmet.push_back(check + " is inconclusive in " + Spell(inconclusive, "session"));
  } else if (exercised && Times(check, Verdict::Result::kPass) == 0 &&
             Times(check, Verdict::Result::kKnown) == 0) {
    unmet.push_back(check + " is required, and nothing exercised it");
  }
}

std::vector<std::string> Tally::Unmet(const Gates& gates) const {
  std::vector<std::string> unmet;
  const bool all = std::ranges::find(gates.require, kAll) != gates.require.end();
  if (all && exchanges_ == 0) unmet.emplace_back("there was no request to judge");
  for (const std::string& check : CheckNames()) {
    const bool named = std::ranges::find(gates.require, check) != gates.require.end();
    if (all || named) Require(check, named, unmet);
  }
  for (const std::string& scenario : idle_) {
    if (all)
      unmet.push_back("the scenario " + scenario + " exercised nothing: no request met a " +
                      "failure of it");
  }
  if (!gates.min_coverage) return unmet;
  const double percent = Covered().Percent();
  if (percent < *gates.min_coverage) {
    unmet.push_back("the coverage is " + Percent(percent) + ", and " +
                    Percent(*gates.min_coverage) + " are required" +
                    (truncated_ ? "; journals no longer have every exchange" : ""));
  } else if (!all && exchanges_ == 0) {
    unmet.emplace_back("there was no request to judge");  // and 0 % are enough of nothing
  }
  return unmet;
}

}  // namespace mockduit
