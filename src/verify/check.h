// Check: one rule for how a client treats responses, held against the journal alone. Each stands in
// a file of its own under checks/; docs/checks.md has a section on each. A check reads the History
// of a session and nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "verify/history.h"
#include "verify/verdict.h"

namespace mockduit {

struct Check;

// A number of a check that its user may set.
struct CheckParameter {
  std::string_view name;           // "max_attempts"
  std::string_view default_value;  // "10", "50ms" or "10%"; a value has the same unit
  std::string_view about;
  std::string_view minimum;  // "": nothing at all is good, too
};

// The values of the parameters of all checks; the default where none is set.
class CheckSettings {
 public:
  // "retries-bounded.max_attempts=5". The error names the mistake and the nearest parameter.
  Result<void> Set(std::string_view assignment);

  std::uint64_t Count(const Check& check, std::string_view parameter) const;
  Duration Time(const Check& check, std::string_view parameter) const;
  double Share(const Check& check, std::string_view parameter) const;  // 10% is 0.1

 private:
  std::string_view TextOf(const Check& check, std::string_view parameter) const;

  std::map<std::string, std::string, std::less<>> set_;  // "check.parameter" → the value's text
};

// Evaluation: what one check reports while it reads a history, and the verdict that follows.
class Evaluation {
 public:
  Evaluation(const Check& check, const CheckSettings& settings)
      : check_(check), settings_(settings) {}

  std::uint64_t Count(std::string_view parameter) const {
    return settings_.Count(check_, parameter);
  }
  Duration Time(std::string_view parameter) const { return settings_.Time(check_, parameter); }
  double Share(std::string_view parameter) const { return settings_.Share(check_, parameter); }
  // What may be missing of a wait, by the parameters "tolerance" and "grace": the greater of both.
  Duration Tolerance(Duration wait) const;

  // The client was in the situation that the check is about, and did what `seen` says: "waited
  // 1.02 s after a 429 with Retry-After 1 s".
  void Exercise(std::string seen);
  // The same where there is nothing to say of a single case.
  void Exercise(std::uint64_t times = 1) { exercised_ += times; }
  // Reports a fault of the client, or that the journal does not show whether there is one, with the
  // exchanges in question. The slug is one of the check's in verify/codes.cc. It may be left out
  // where the check has no other.
  void Fail(std::string_view slug, std::string_view text, const std::vector<const Entry*>& shown);
  void Fail(std::string_view text, const std::vector<const Entry*>& shown);
  void Doubt(std::string_view slug, std::string_view text, const std::vector<const Entry*>& shown);
  void Doubt(std::string_view text, const std::vector<const Entry*>& shown);

  // Reports a fault that lies in a wait; where the session's clock stood still, so that a client
  // that goes by it cannot have waited, as the doubt "clock-stood-still".
  void FailWait(std::string_view slug, std::string_view text,
                const std::vector<const Entry*>& shown, bool clock_stood_still);

  // An evaluation by the same check that has seen nothing yet; what it has seen is added later on.
  Evaluation Fresh() const { return {check_, settings_}; }
  bool failed() const { return failures_ > 0; }
  bool in_doubt() const { return !doubts_.empty(); }
  void Add(Evaluation other);
  // What the other has for faults is one by one reading only, for a reason that is told with how to
  // settle it: the doubt "one-or-two-callers".
  void AddDoubtful(const Evaluation& other, std::string_view reason);

  Verdict Decide(const History& history);

 private:
  const Check& check_;
  const CheckSettings& settings_;
  std::uint64_t exercised_ = 0;
  std::string seen_;  // the first time; ""
  std::uint64_t failures_ = 0;
  std::vector<Finding> findings_;
  std::vector<Finding> doubts_;
};

struct Check {
  std::string_view name;   // "retry-after-honoured"
  std::string_view about;  // what a client does that passes
  std::string_view basis;  // the document it stands on
  std::vector<CheckParameter> parameters;
  void (*evaluate)(const History& history, Evaluation& evaluation);
};

// All checks, in the order in which reports show them.
const std::vector<Check>& Checks();
// nullptr when no check has that name.
const Check* FindCheck(std::string_view name);
std::vector<std::string> CheckNames();

// The verdicts of all checks, in their order.
std::vector<Verdict> RunChecks(const History& history, const CheckSettings& settings);

}  // namespace mockduit
