#include "verify/gates.h"

#include <algorithm>
#include <cstdio>

#include "base/suggest.h"
#include "verify/check.h"
#include "verify/words.h"

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
      return Fail("'" + check + "' is no check" + DidYouMean(check, known));
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
  const Coverage::Share called = report.coverage.OfCalled();
  met_ += called.met;
  of_ += called.of;
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
  const Json& called = coverage.Get("called");
  met_ += static_cast<std::size_t>(called.Get("met").AsInteger());
  of_ += static_cast<std::size_t>(called.Get("of").AsInteger());
  truncated_ = truncated_ || coverage.Get("truncated").AsBool();
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
    unmet.push_back(check + " cannot be told in " + Spell(inconclusive, "session"));
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
  const double percent = Coverage::Share{met_, of_}.Percent();
  if (percent < *gates.min_coverage) {
    unmet.push_back("the coverage is " + Percent(percent) + ", and " +
                    Percent(*gates.min_coverage) + " are required" +
                    (truncated_ ? "; journals no longer have every exchange" : ""));
  }
  return unmet;
}

}  // namespace mockduit
