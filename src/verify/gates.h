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
};

// Tally: the results of each check and the coverage, summed over sessions and runs.
class Tally {
 public:
  void Add(const Report& report);
  // The same from the control API's JSON: {"sessions": […]} and {"called": …}.
  void AddVerdicts(const Json& verdicts);
  void AddCoverage(const Json& coverage);

  // The outcomes that all runs met together, of the operations that any run called.
  Coverage::Share Covered() const;
  // One sentence for each gate that is not met. "all" demands that no check failed or was
  // inconclusive; a check that is named must also have been exercised.
  std::vector<std::string> Unmet(const Gates& gates) const;

 private:
  std::uint64_t Times(const std::string& check, Verdict::Result result) const;
  void Meet(const std::string& operation, const std::vector<bool>& met);
  void Require(const std::string& check, bool exercised, std::vector<std::string>& unmet) const;

  std::map<std::string, std::map<std::string, std::uint64_t>> results_;  // check → result → times
  // By operation and edition: which of its outcomes any run met.
  std::map<std::string, std::vector<bool>> met_;
  std::uint64_t exchanges_ = 0;
  bool truncated_ = false;
};

}  // namespace mockduit
