// Gates: the conditions beside the command's own result under which a run passes. `exec` and
// `verify` take them as options.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "verify/report.h"

namespace mockduit {

struct Gates {
  std::vector<std::string> require;  // names of checks, or "all"
  std::optional<double>
      min_coverage;  // per cent of the outcomes of the operations that were called

  // The error names what is not a check, and the nearest check.
  static Result<Gates> Make(std::vector<std::string> require, std::optional<double> min_coverage);
  // Only some of the checks are required, by their names.
  bool AskForAPart() const;
};

// The sessions of the control API's JSON, {"sessions": […]}, without their exchanges.
std::vector<SessionReport> ReadSessionReports(const Json& verdicts);

// Tally: the results of each check and the coverage, summed over sessions and runs.
class Tally {
 public:
  void Add(const Report& report);
  // The parts of a report, where the control API told them: the coverage as {"called": …}.
  void Add(const SessionReport& session);
  void AddCoverage(const Json& coverage);

  // The outcomes that all runs met together, of the operations that any run called.
  Coverage::Share Covered() const;
  // One sentence for each gate that is not met. "all" demands that no check failed or was
  // inconclusive, and that each run met a failure of its scenario; a check that is named must also
  // have been exercised. A known failure counts as exercised alone.
  std::vector<std::string> Unmet(const Gates& gates) const;

 private:
  std::uint64_t Times(const std::string& check, Verdict::Result result) const;
  void Meet(const std::string& operation, const std::vector<bool>& met);
  void Require(const std::string& check, bool exercised, std::vector<std::string>& unmet) const;

  // Check → result → times.
  std::map<std::string, std::map<Verdict::Result, std::uint64_t>> results_;
  // By operation and edition: which of its outcomes any run met.
  std::map<std::string, std::vector<bool>> met_;
  std::vector<std::string> idle_;  // scenarios that exercised nothing
  std::uint64_t exchanges_ = 0;
  bool truncated_ = false;
};

}  // namespace mockduit
