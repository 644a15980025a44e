#include "scenario/script.h"

#include <algorithm>

namespace mockduit {

Script::Script(std::shared_ptr<const Scenario> scenario) : scenario_(std::move(scenario)) {
  for (const Rule& rule : scenario_->rules) {
    states_.emplace_back().played.resize(rule.plays.size());
  }
}

Taken Script::Take(const MatchInput& input) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    if (!rule.match.Matches(input)) continue;
    ++states_[i].hits;
    return {Next(rule, states_[i]), states_[i].hits};
  }
  return {};
}

const Play* Script::Next(const Rule& rule, RuleState& state) {
  if (rule.plays.empty()) return nullptr;
  if (state.current == rule.plays.size()) {
    switch (rule.then) {
      case Rule::Then::kPass: return nullptr;
      case Rule::Then::kRepeat: state.current = 0; break;
      case Rule::Then::kHold: ++state.played.back(); return &rule.plays.back();
    }
  }
  const Play& play = rule.plays[state.current];
  ++state.played[state.current];
  if (play.times != Play::kForever && ++state.used >= play.times) {
    ++state.current;
    state.used = 0;
  }
  return &play;
}

bool Script::Completed() const {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const auto& plays = scenario_->rules[i].plays;
    for (std::size_t j = 0; j < plays.size(); ++j) {
      const std::uint64_t due = plays[j].times == Play::kForever ? 1 : plays[j].times;
      if (states_[i].played[j] < due) return false;
    }
  }
  return true;
}

Json Script::Progress() const {
  Json rules = Json::MakeArray();
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    Json plays = Json::MakeArray();
    for (std::size_t j = 0; j < rule.plays.size(); ++j) {
      const Play& play = rule.plays[j];
      const std::uint64_t played = states_[i].played[j];
      const bool endless = play.times == Play::kForever;
      plays.Append(Json::MakeObject(
          {{"outcome", play.outcome.empty() ? Json(std::to_string(play.status)) : play.outcome},
           {"played", played},
           {"left", endless ? Json("forever") : Json(play.times - std::min(play.times, played))}}));
    }
    rules.Append(Json::MakeObject(
        {{"name", rule.name}, {"hits", states_[i].hits}, {"plays", std::move(plays)}}));
  }
  return Json::MakeObject(
      {{"scenario", scenario_->name}, {"completed", Completed()}, {"rules", std::move(rules)}});
}

}  // namespace mockduit
