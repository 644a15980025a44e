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

void Tally::Add(const Report& report) {
  for (const SessionReport& session : report.sessions) {
    exchanges_ += session.total;
    for (const Verdict& verdict : session.verdicts) {
      ++results_[verdict.check][std::string(ResultName(verdict.result))];
    }
  }
  for (const Coverage::Row& row : report.coverage.rows()) {
    if (row.called == 0) continue;
    std::vector<bool> met;
    for (const Coverage::Cell& cell : row.cells) met.push_back(cell.Met());
    Meet(row.operation->name + " " + row.operation->contract->edition, met);
  }
  truncated_ = truncated_ || report.coverage.truncated();
}

void Tally::AddVerdicts(const Json& verdicts) {
  const Json::Array* sessions = verdicts.Get("sessions").IfArray();
  for (const Json& session : sessions != nullptr ? *sessions : Json::Array()) {
    exchanges_ += static_cast<std::uint64_t>(session.Get("total").AsInteger());
    const Json::Array* list = session.Get("verdicts").IfArray();
    for (const Json& verdict : list != nullptr ? *list : Json::Array()) {
      ++results_[std::string(verdict.Get("check").AsString())]
                [std::string(verdict.Get("result").AsString())];
    }
  }
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
  const auto times = results->second.find(std::string(ResultName(result)));
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
  } else if (exercised && Times(check, Verdict::Result::kPass) == 0) {
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
