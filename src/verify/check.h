// Check: one question about how a client took its answers, answered from the journal alone. Each
// stands in a file of its own under checks/; docs/checks.md has a page on each.
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

// Something about a check that its user may set.
struct CheckParameter {
  std::string_view name;      // "max_attempts"
  std::string_view standard;  // "10", "50ms" or "10%", which also says what it is measured in
  std::string_view about;
};

// What the parameters of all checks are set to; the standard where nothing else is said.
class CheckSettings {
 public:
  // "retries-bounded.max_attempts=5". The error says what is wrong and what is nearest.
  Result<void> Set(std::string_view assignment);

  std::uint64_t Count(const Check& check, std::string_view parameter) const;
  Duration Time(const Check& check, std::string_view parameter) const;
  double Share(const Check& check, std::string_view parameter) const;  // 10% is 0.1

 private:
  std::string_view TextOf(const Check& check, std::string_view parameter) const;

  std::map<std::string, std::string, std::less<>> set_;  // "check.parameter" → as it was written
};

// What a check found, on its way to a verdict.
class Judgement {
 public:
  Judgement(const Check& check, const CheckSettings& settings)
      : check_(check), settings_(settings) {}

  std::uint64_t Count(std::string_view parameter) const {
    return settings_.Count(check_, parameter);
  }
  Duration Time(std::string_view parameter) const { return settings_.Time(check_, parameter); }
  double Share(std::string_view parameter) const { return settings_.Share(check_, parameter); }

  // There was something to look at.
  void Exercise(std::uint64_t times = 1) { exercised_ += times; }
  // A fault of the client, or something that cannot be told, with the exchanges that show it.
  void Fail(std::string_view text, const std::vector<const Entry*>& shown);
  void Doubt(std::string_view text, const std::vector<const Entry*>& shown);

  Verdict Decide(const History& history);

 private:
  const Check& check_;
  const CheckSettings& settings_;
  std::uint64_t exercised_ = 0;
  std::uint64_t failures_ = 0;
  std::vector<Finding> findings_;
  std::vector<Finding> doubts_;
};

struct Check {
  std::string_view name;   // "retry-after-honoured"
  std::string_view about;  // what a client does that passes
  std::string_view basis;  // the document it stands on
  std::vector<CheckParameter> parameters;
  void (*judge)(const History& history, Judgement& judgement);
};

// All of them, in the order in which they are told.
const std::vector<Check>& Checks();
// nullptr when there is none.
const Check* FindCheck(std::string_view name);
std::vector<std::string> CheckNames();

// The verdicts of all checks on one session.
std::vector<Verdict> Judge(const History& history, const CheckSettings& settings);

}  // namespace mockduit
