// Verdict: what a check says of one session, with the exchanges that prove it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace mockduit {

struct Finding {
  static constexpr std::size_t kMostExchanges = 20;

  std::string text;
  std::vector<std::uint64_t>
      exchanges;  // their ids in the session's journal, kMostExchanges at most
};

struct Verdict {
  enum class Result { kPass, kFail, kNotExercised, kInconclusive };
  static constexpr std::size_t kMostFindings = 20;

  std::string check;
  Result result = Result::kNotExercised;
  std::string summary;            // one sentence
  std::uint64_t exercised = 0;    // how often there was something to look at
  std::vector<Finding> findings;  // the faults, or why it cannot be told; kMostFindings at most

  Json ToJson() const;
};

// "pass", "fail", "not_exercised", "inconclusive"
std::string_view ResultName(Verdict::Result result);

}  // namespace mockduit
