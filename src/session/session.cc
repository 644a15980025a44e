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
      real_(real),
      last_use_(real.Now()),
      settings_(std::move(settings)),
      seed_(SeedOf(settings_)),
      seeds_(std::move(seeds)),
      clock_(real_, settings_.clock),
      ids_(seed_),
      store_(limits.resources),
      journal_(limits.journal) {
  RestartStore();
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
  if (outbox_.Record(notice.id, std::move(attempt))) return;
  auto webhook = store_.Find(notice.rules->kind, notice.webhook);
  if (!webhook) return;
  webhook->Set("active", false);
  store_.Put(notice.rules->kind, notice.webhook, *webhook);
}

std::uint64_t Session::Record(std::string encoded) {
  const std::uint64_t id = journal_.Add(std::move(encoded));
  if (waiting_ > 0) recorded_.notify_all();
  return id;
}

bool Session::AwaitExchange(std::unique_lock<std::mutex>& lock, std::uint64_t after,
                            std::uint64_t generation, Duration patience) {
  ++waiting_;
  const bool came = recorded_.wait_for(lock, patience, [&] {
    return closed_ || journal_.last_id() > after || journal_.generation() != generation;
  });
  --waiting_;
  return came;
}

void Session::Close() {
  closed_ = true;
  recorded_.notify_all();
}

void Session::SetSeed(std::uint64_t seed) {
  settings_.seed = seed;
  seed_ = seed;
  ids_ = Ids(seed_);
}

void Session::SetClock(ClockSetting clock) {
  settings_.clock = clock;
  clock_.Set(clock);
}

void Session::SetEditions(std::map<std::string, std::string, std::less<>> editions) {
  settings_.editions = std::move(editions);
}

void Session::Reset(Keep keep) {
  if (!keep.clock) clock_.Restart();
  if (!keep.store) {
    RestartStore();
    seed_ = SeedOf(settings_);
    ids_ = Ids(seed_);
  }
  if (!keep.journal) {
    journal_.Reset();
    recorded_.notify_all();
  }
  if (!keep.scenario) scripts_.clear();
}

void Session::SetSeedState(Json snapshot) {
  own_seed_ = std::move(snapshot);
  RestartStore();
}

void Session::RestartStore() {
  store_.Clear();
  processes_.Clear();
  outbox_.Clear();
  const Seeds seed = seeds();
  for (const SeedResource& one : *seed) store_.Put(one.kind, one.id, one.resource);
}

}  // namespace mockduit
