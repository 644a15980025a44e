// Verdict: the result of one check on one session, with the exchanges that prove it. Reports and
// the control API show it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace mockduit {

struct Finding {
  static constexpr std::size_t kMaxExchanges = 20;

  std::string text;
  std::vector<std::uint64_t> exchanges;  // ids in the journal, at most kMaxExchanges
  std::string code{};                    // "retry-after-honoured/too-soon"
};

struct Verdict {
  // A failed or an inconclusive one is known where a list of known failures says so; RunChecks
  // gives none.
  enum class Result { kPass, kFail, kNotExercised, kInconclusive, kKnown };
  static constexpr std::size_t kMaxFindings = 20;  // of each code

  std::string check;
  Result result = Result::kNotExercised;
  std::string summary;            // one sentence
  std::uint64_t exercised = 0;    // how often the client was in the check's situation
  std::vector<Finding> findings;  // the faults, or why it is inconclusive
  std::string known;              // the reason why the failure is known, or ""

  Json ToJson() const;
};

// "pass", "fail", "not_exercised", "inconclusive", "known"
std::string_view ResultName(Verdict::Result result);
// kNotExercised for any other name.
Verdict::Result ResultNamed(std::string_view name);

}  // namespace mockduit
