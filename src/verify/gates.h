// Gates: what must hold for a run to count as good, beside the command's own result.
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
  std::vector<std::string> require;  // checks, or "all"
  std::optional<double>
      min_coverage;  // per cent of the outcomes of the operations that were called

  // The error names what is no check, and the nearest one.
  static Result<Gates> Make(std::vector<std::string> require, std::optional<double> min_coverage);
};

// How often each check ended how, and how far the coverage came, over sessions and runs.
class Tally {
 public:
  void Add(const Report& report);
  // {"sessions": […]} and {"called": …}, as the control API gives them.
  void AddVerdicts(const Json& verdicts);
  void AddCoverage(const Json& coverage);

  // Of the operations that any run called, what all runs met together.
  Coverage::Share Covered() const;
  // Each in one sentence: what does not hold. "all" asks that no check failed or could not be told;
  // a check that is named must have been exercised as well.
  std::vector<std::string> Unmet(const Gates& gates) const;

 private:
  std::uint64_t Times(const std::string& check, Verdict::Result result) const;
  void Meet(const std::string& operation, const std::vector<bool>& met);
  void Require(const std::string& check, bool exercised, std::vector<std::string>& unmet) const;

  std::map<std::string, std::map<std::string, std::uint64_t>> results_;  // check → result → times
  // By operation and edition: which of its outcomes were met, in any run.
  std::map<std::string, std::vector<bool>> met_;
  std::uint64_t exchanges_ = 0;
  bool truncated_ = false;
};

}  // namespace mockduit
