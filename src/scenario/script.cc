#include "scenario/script.h"

#include <algorithm>

#include "base/crypto.h"

namespace mockduit {
namespace {

Json ToJson(const std::vector<std::uint64_t>& counts) {
  Json list = Json::MakeArray();
  for (const std::uint64_t count : counts) list.Append(count);
  return list;
}

constexpr std::int64_t kMaxDraws = 10'000'000'000;  // what a sound file may say

// False when there are not as many.
bool ReadCounts(const Json* json, std::vector<std::uint64_t>& counts) {
  const Json::Array* list = json != nullptr ? json->IfArray() : nullptr;
  if (list == nullptr || list->size() != counts.size()) return false;
  std::ranges::transform(*list, counts.begin(), [](const Json& count) {
    return static_cast<std::uint64_t>(count.AsInteger());
  });
  return true;
}

// Another one for every other text.
std::string FingerprintOf(const Scenario& scenario) {
  return Base64UrlEncode(HmacSha256("mockduit", scenario.text));
}

// How often a play must have been met for the script to count as played.
std::uint64_t Owed(const Play& play) {
  if (play.times != Play::kForever) return play.times;
  return play.chance < 1 ? 0 : 1;
}

}  // namespace

Script::Script(std::shared_ptr<const Scenario> scenario, Time now, std::uint64_t seed)
    : scenario_(std::move(scenario)), begun_(now), random_(seed), limiter_(scenario_->limits) {
  for (const Rule& rule : scenario_->rules) {
    RuleState& state = states_.emplace_back();
    state.played.resize(rule.plays.size());
    state.used.resize(rule.plays.size());
  }
}

Taken Script::Take(const MatchInput& input, Time now) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Rule& rule = scenario_->rules[i];
    // A clock that was set back is at the beginning still.
    const Duration elapsed = std::max(now - begun_, Duration(0));
    if (rule.when && !rule.when->Holds(elapsed)) continue;
    if (!rule.match.Matches(input)) continue;
    Taken taken{&rule, Next(rule, states_[i]), ++states_[i].hits};
    if (rule.when && rule.when->until) taken.ends_in = *rule.when->until - elapsed;
    if (taken.play != nullptr && taken.play->delay) taken.delay = taken.play->delay->Draw(random_);
    return taken;
  }
  return {};
}

const Play* Script::Next(const Rule& rule, RuleState& state) {
  bool any_left = false;
  if (const Play* play = Due(rule, state, any_left)) return play;
  if (any_left || rule.plays.empty()) return nullptr;
  switch (rule.then) {
    case Rule::Then::kPass: return nullptr;
    case Rule::Then::kHold:
      if (!Comes(rule.plays.back())) return nullptr;
      ++state.played.back();
      return &rule.plays.back();
    case Rule::Then::kRepeat: break;
  }
  std::ranges::fill(state.used, 0);
  return Due(rule, state, any_left);
}

// The first play that is not consumed, and that chance does not pass over.
const Play* Script::Due(const Rule& rule, RuleState& state, bool& any_left) {
  for (std::size_t i = 0; i < rule.plays.size(); ++i) {
    const Play& play = rule.plays[i];
    if (play.times != Play::kForever && state.used[i] >= play.times) continue;
    any_left = true;
    if (!Comes(play)) continue;
    ++state.used[i];
    ++state.played[i];
    return &play;
  }
  return nullptr;
}

bool Script::Comes(const Play& play) { return play.chance >= 1 || random_.Unit() < play.chance; }

bool Script::HasMet() const {
  const auto was_played = [](const RuleState& state) {
    return std::ranges::any_of(state.played, [](std::uint64_t times) { return times > 0; });
  };
  return limiter_.HasRefused() || std::ranges::any_of(states_, was_played);
}

bool Script::Completed() const {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const auto& plays = scenario_->rules[i].plays;
    for (std::size_t j = 0; j < plays.size(); ++j) {
      if (states_[i].played[j] < Owed(plays[j])) return false;
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
      const std::uint64_t used = std::min(play.times, states_[i].used[j]);
      plays.Append(Json::MakeObject(
          {{"play", play.Label()},
           {"played", states_[i].played[j]},
           {"left", play.times == Play::kForever ? Json("forever") : Json(play.times - used)}}));
    }
    rules.Append(Json::MakeObject(
        {{"name", rule.name}, {"hits", states_[i].hits}, {"plays", std::move(plays)}}));
  }
  return Json::MakeObject({{"scenario", scenario_->name},
                           {"completed", Completed()},
                           {"rules", std::move(rules)},
                           {"limits", limiter_.Progress()}});
}

Json Script::Save() const {
  Json rules = Json::MakeArray();
  for (const RuleState& state : states_) {
    rules.Append(Json::MakeObject(
        {{"hits", state.hits}, {"played", ToJson(state.played)}, {"used", ToJson(state.used)}}));
  }
  return Json::MakeObject({{"scenario", scenario_->name},
                           {"text", FingerprintOf(*scenario_)},
                           {"begun", FormatMicros(begun_)},
                           {"seed", random_.seed()},
                           {"draws", random_.draws()},
                           {"rules", std::move(rules)},
                           {"limits", limiter_.Save()}});
}

bool Script::Restore(const Json& saved) {
  const auto begun = ParseTime(saved.Get("begun").AsString());
  const Json& rules = saved.Get("rules");
  if (saved.Get("text").AsString() != FingerprintOf(*scenario_)) return false;
  if (!begun || !rules.IsArray() || rules.IfArray()->size() != states_.size()) return false;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Json& rule = (*rules.IfArray())[i];
    if (!ReadCounts(rule.Find("played"), states_[i].played)) return false;
    if (!ReadCounts(rule.Find("used"), states_[i].used)) return false;
    states_[i].hits = static_cast<std::uint64_t>(rule.Get("hits").AsInteger());
  }
  const std::int64_t draws = saved.Get("draws").AsInteger(-1);
  if (draws < 0 || draws > kMaxDraws) return false;
  begun_ = *begun;
  random_ = Random(static_cast<std::uint64_t>(saved.Get("seed").AsInteger()),
                   static_cast<std::uint64_t>(draws));
  return limiter_.Restore(saved.Get("limits"));
}

}  // namespace mockduit
