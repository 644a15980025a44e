// Session: one isolated world: its store, its progress in each scenario, its clock, ids and
// journal. One lock guards all of it, so a request meets its world alone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "scenario/script.h"
#include "session/journal.h"
#include "session/store.h"

namespace mockduit {

// A resource that a new session's store holds.
struct SeedResource {
  std::string kind;  // "airweave.collection"
  std::string id;
  Json resource;
};

struct SessionSettings {
  std::string scenario = "success";   // where a request chooses none
  std::optional<std::uint64_t> seed;  // nothing: drawn at random
  ClockSetting clock;
};

struct SessionLimits {
  std::size_t journal = 10'000;    // exchanges
  std::size_t resources = 10'000;  // of a kind
};

// What a reset leaves as it is.
struct Keep {
  bool store = false;
  bool journal = false;
  bool scenario = false;
  bool clock = false;
};

class Session {
 public:
  // `real` and `seed_resources` must outlive the session.
  Session(std::string name, SessionSettings settings, SessionLimits limits, const Clock& real,
          const std::vector<SeedResource>& seed_resources);

  const std::string& name() const { return name_; }
  // Hold it around every use of what follows.
  std::mutex& mutex() { return mutex_; }

  const SessionSettings& settings() const { return settings_; }
  Time Now() const { return clock_.Now(); }
  Ids& ids() { return ids_; }
  Store& store() { return store_; }
  Journal& journal() { return journal_; }
  // The session's progress in that scenario; begun when it is first asked for.
  Script& ScriptOf(const std::shared_ptr<const Scenario>& scenario);
  const auto& scripts() const { return scripts_; }

  void SetScenario(std::string scenario) { settings_.scenario = std::move(scenario); }
  // The ids begin anew from this seed.
  void SetSeed(std::uint64_t seed);
  // The store back to its seed, the journal empty, progress to zero, the clock to its start, the
  // ids to the beginning of their seed; but for what `keep` spares.
  void Reset(Keep keep);

 private:
  void FillStore();

  const std::string name_;
  SessionSettings settings_;
  const Clock& real_;
  const std::vector<SeedResource>& seed_resources_;
  std::mutex mutex_;
  SessionClock clock_;
  Ids ids_;
  Store store_;
  Journal journal_;
  std::map<std::string, std::unique_ptr<Script>, std::less<>> scripts_;
};

}  // namespace mockduit
