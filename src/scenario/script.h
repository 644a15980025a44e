// Script: how far one session has come in one scenario. Not thread-safe: its session's lock makes
// "which play?" and "consumed" one step.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "scenario/limiter.h"
#include "scenario/scenario.h"

namespace mockduit {

// What a script gave one request. The pointers are valid as long as the scenario.
struct Taken {
  const Rule* rule = nullptr;  // nullptr: no rule matches
  const Play* play = nullptr;  // nullptr: the rule has no play for this request
  std::uint64_t attempt = 1;   // which request it is that the rule decided
  Duration delay{};
  std::optional<Duration> ends_in{};  // the rule's time, from now on; nullopt: it has no end
};

class Script {
 public:
  // `now` is when the session met the scenario; from `seed` come chances and delays.
  Script(std::shared_ptr<const Scenario> scenario, Time now, std::uint64_t seed);

  // The play that answers this request, by the first rule that matches; it is now consumed.
  Taken Take(const MatchInput& input, Time now);

  const std::shared_ptr<const Scenario>& scenario() const { return scenario_; }
  Limiter& limiter() { return limiter_; }
  Time begun() const { return begun_; }

  // True when a request met a play, or was refused by a limit.
  bool HasMet() const;
  // True when every scripted play with an end has been consumed, and every one that is played
  // forever at least once. What only comes by chance owes nothing.
  bool Completed() const;
  // {"scenario", "completed", "rules": [{"name", "hits", "plays": [{"play", "played", "left"}]}],
  // "limits"}
  Json Progress() const;

  // All of it, to be kept and taken up again. Restore gives false when it fits another scenario.
  Json Save() const;
  bool Restore(const Json& saved);

 private:
  struct RuleState {
    std::uint64_t hits = 0;             // requests that the rule decided
    std::vector<std::uint64_t> played;  // by play, over all rounds of `then: repeat`
    std::vector<std::uint64_t> used;    // by play, in this round
  };

  const Play* Next(const Rule& rule, RuleState& state);
  const Play* Due(const Rule& rule, RuleState& state, bool& any_left);
  bool Comes(const Play& play);  // by chance

  std::shared_ptr<const Scenario> scenario_;
  Time begun_;
  Random random_;
  Limiter limiter_;
  std::vector<RuleState> states_;
};

}  // namespace mockduit
