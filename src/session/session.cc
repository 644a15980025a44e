#include "session/session.h"

#include <random>

namespace mockduit {
namespace {

std::uint64_t SeedOf(const SessionSettings& settings) {
  return settings.seed ? *settings.seed : std::random_device()();
}

}  // namespace

Session::Session(std::string name, SessionSettings settings, const SessionLimits& limits,
                 const Clock& real, Seeds seeds)
    : name_(std::move(name)),
      settings_(std::move(settings)),
      seed_(SeedOf(settings_)),
      seeds_(std::move(seeds)),
      clock_(real, settings_.clock),
      world_(limits.resources, seed_, limits.store_bytes, limits.begun_at_once),
      journal_(limits.journal) {
  world_.Restart(seeds_, own_seed_);
}

Script& Session::ScriptOf(const std::shared_ptr<const Scenario>& scenario) {
  auto found = scripts_.find(scenario->name);
  if (found == scripts_.end()) found = scripts_.try_emplace(scenario->name).first;
  auto& script = found->second;
  // A scenario that was replaced under its name begins from the start.
  if (script == nullptr || script->scenario() != scenario) {
    script = std::make_unique<Script>(scenario, Now(), SeedFor(seed_, scenario->name));
  }
  return *script;
}

void Session::Delivered(const Notice& notice, Notice::Attempt attempt) {
  if (!world_.outbox().Has(notice.id)) return;  // what began it is gone, by a reset
  ++changes_;
  world_.Attempted(notice, attempt);
  if (world_.outbox().Record(notice.id, std::move(attempt))) return;
  auto webhook = world_.store().Find(notice.rules->kind, notice.webhook);
  if (!webhook) return;
  webhook->Set("active", false);
  world_.Put(notice.rules->kind, notice.webhook, *webhook);
}

void Session::SetSeed(std::uint64_t seed) {
  ++changes_;
  settings_.seed = seed;
  seed_ = seed;
  world_.RestartIds(seed_);
}

void Session::SetClock(ClockSetting clock) {
  ++changes_;
  settings_.clock = clock;
  clock_.Set(clock);
}

void Session::SetEditions(std::map<std::string, std::string, std::less<>> editions) {
  ++changes_;
  settings_.editions = std::move(editions);
}

void Session::Reset(Keep keep) {
  ++changes_;
  ++generation_;
  past_.clear();
  if (!keep.clock) clock_.Restart();
  if (!keep.store) {
    world_.Restart(seeds_, own_seed_);
    seed_ = SeedOf(settings_);
    world_.RestartIds(seed_);
  }
  if (!keep.journal) journal_.Reset();
  if (!keep.scenario) scripts_.clear();
}

void Session::SetSeedState(Json snapshot) {
  ++changes_;
  ++generation_;
  SetOwnSeed(std::move(snapshot));
  world_.Restart(seeds_, own_seed_);
}

void Session::SetOwnSeed(Json snapshot) {
  own_seed_ = std::move(snapshot);
  own_seed_memory_.Set(own_seed_.IsNull() ? 0 : BytesOf(own_seed_));
}

Result<void> Session::ReplaceStore(const Json& snapshot) {
  if (auto replaced = world_.ReplaceResources(snapshot); !replaced) return replaced;
  ++generation_;
  return {};
}

}  // namespace mockduit
