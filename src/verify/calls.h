// Calls: which requests are attempts of one logical call, and judging them. All checks of retries
// go by it, so that they mean the same by a call: alike.h says which requests are alike, readings.h
// which of them one caller made.
#pragma once

#include <functional>
#include <vector>

#include "verify/check.h"
#include "verify/history.h"
#include "verify/readings.h"

namespace mockduit {

class CallBook {
 public:
  explicit CallBook(const History& history);
  const std::vector<LikeRequests>& groups() const { return groups_; }

 private:
  std::vector<LikeRequests> groups_;
};

// Worked out once for each history.
const CallBook& CallsOf(const History& history);

// Judges every call in each reading. What is a fault in all readings of some requests is reported
// as one; what is a fault in some of them only, as the doubt "one-or-two-callers".
using JudgeCall = std::function<void(const ClientCall& call, Evaluation& evaluation)>;
void JudgeGroup(const LikeRequests& group, Evaluation& evaluation, const JudgeCall& judge);
// All groups.
void JudgeCalls(const History& history, Evaluation& evaluation, const JudgeCall& judge);

}  // namespace mockduit
