// Script: how far one session has come in one scenario. Not thread-safe: its session's lock makes
// "which play?" and "consumed" one step.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/json.h"
#include "scenario/scenario.h"

namespace mockduit {

// What a script gave one request.
struct Taken {
  const Play* play = nullptr;  // nullptr: no rule matches, or the one that does has no play left
  std::uint64_t attempt = 1;   // which request it is that the rule decided
};

class Script {
 public:
  explicit Script(std::shared_ptr<const Scenario> scenario);

  // The play that answers this request, by the first rule that matches; it is now consumed. Valid
  // as long as the scenario.
  Taken Take(const MatchInput& input);

  const std::shared_ptr<const Scenario>& scenario() const { return scenario_; }
  // True when every scripted play with an end has been consumed.
  bool Completed() const;
  // {"scenario", "completed", "rules": [{"name", "hits", "plays": [{"outcome", "played",
  // "left"}]}]}
  Json Progress() const;

 private:
  struct RuleState {
    std::uint64_t hits = 0;             // requests that the rule decided
    std::vector<std::uint64_t> played;  // by play, over all rounds of `then: repeat`
    std::size_t current = 0;            // the play that is next
    std::uint64_t used = 0;             // how often the current play has been taken this round
  };

  static const Play* Next(const Rule& rule, RuleState& state);

  std::shared_ptr<const Scenario> scenario_;
  std::vector<RuleState> states_;
};

}  // namespace mockduit
