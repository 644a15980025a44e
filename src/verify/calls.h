// Calls: which requests are attempts of one logical call. All checks of retries read them, so that
// they mean the same by a call.
//
// An identity that the client sends says it (verify/identity.h). Else requests that are alike are
// told apart by time alone: what came before an answer had ended is no reaction to it. Where equal
// calls overlap, some attempts may be one caller's or another's; then there are several readings,
// and only what is true in each of them is said.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "verify/check.h"
#include "verify/history.h"

namespace mockduit {

// The attempts that one caller made of one call, in their order. All but the last one failed or
// were refused, and each came after the one before it had ended.
struct ClientCall {
  History::Entries attempts;

  const Entry& first() const { return *attempts.front(); }
  const Entry& last() const { return *attempts.back(); }
  bool succeeded() const { return last().reply == Reply::kSuccess; }
  // From the end of an attempt's answer to the next attempt. On a clock that stands still, what it
  // was moved by, if it was moved.
  Duration WaitAfter(std::size_t attempt) const;
};

// Whether all attempts may be those of as many callers who each began once, at about the same time:
// a few at once, on a connection of its own each. A loop that starts a program for each looks the
// same.
bool MayBeCrowd(const ClientCall& call);

// The parts of a call that each end in a success, in a refusal, or with the call: whoever goes on
// after a refusal begins anew.
std::vector<ClientCall> Tries(const ClientCall& call);

// One way to tell whose attempts are whose.
using Reading = std::vector<ClientCall>;

// Requests that are alike, in all the ways in which they may be read: one way, but where equal
// calls overlap.
struct LikeRequests {
  std::vector<Reading> readings;  // never empty; the most likely one first
  // It was seen that several callers made them, or that may well be. Else other readings are
  // possible only: they excuse, but they do not take a good word back.
  bool overlap = false;
};

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
void JudgeCalls(const History& history, Evaluation& evaluation, const JudgeCall& judge);

}  // namespace mockduit
