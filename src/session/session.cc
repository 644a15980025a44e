#include "session/session.h"

#include <random>

namespace mockduit {
namespace {

std::uint64_t SeedOf(const SessionSettings& settings) {
  return settings.seed ? *settings.seed : std::random_device()();
}

}  // namespace

Session::Session(std::string name, SessionSettings settings, SessionLimits limits,
                 const Clock& real, const std::vector<SeedResource>& seed_resources)
    : name_(std::move(name)),
      settings_(std::move(settings)),
      real_(real),
      seed_resources_(seed_resources),
      clock_(real_, settings_.clock),
      ids_(SeedOf(settings_)),
      store_(limits.resources),
      journal_(limits.journal) {
  FillStore();
}

Script& Session::ScriptOf(const std::shared_ptr<const Scenario>& scenario) {
  auto found = scripts_.find(scenario->name);
  if (found == scripts_.end()) found = scripts_.try_emplace(scenario->name).first;
  auto& script = found->second;
  // A scenario that was replaced under its name begins from the start.
  if (script == nullptr || script->scenario() != scenario) {
    script = std::make_unique<Script>(scenario);
  }
  return *script;
}

void Session::SetSeed(std::uint64_t seed) {
  settings_.seed = seed;
  ids_ = Ids(seed);
}

void Session::Reset(Keep keep) {
  if (!keep.store) {
    store_.Clear();
    FillStore();
    ids_ = Ids(SeedOf(settings_));
  }
  if (!keep.journal) journal_.Reset();
  if (!keep.scenario) scripts_.clear();
  if (!keep.clock) clock_.Restart();
}

void Session::FillStore() {
  for (const SeedResource& seed : seed_resources_) store_.Put(seed.kind, seed.id, seed.resource);
}

}  // namespace mockduit
