// Session: one isolated world: its store, its progress in each scenario, its clock, ids and
// journal. One lock guards all of it, so a request meets its world alone.
#pragma once

#include <atomic>
#include <condition_variable>
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
#include "contract/catalog.h"
#include "scenario/library.h"
#include "scenario/script.h"
#include "session/journal.h"
#include "session/outbox.h"
#include "session/processes.h"
#include "session/snapshot.h"
#include "session/store.h"

namespace mockduit {

struct SessionSettings {
  std::string scenario = "success";   // where a request chooses none
  std::optional<std::uint64_t> seed;  // nothing: drawn at random
  ClockSetting clock;
  std::map<std::string, std::string, std::less<>> editions;  // vendor → the edition that answers
};

struct SessionLimits {
  JournalLimits journal;
  std::size_t resources = 10'000;  // of a kind
  std::size_t sessions = 1'000;
  Duration idle = std::chrono::hours(1);  // after which a session goes
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
  // `real` must outlive the session.
  Session(std::string name, SessionSettings settings, const SessionLimits& limits,
          const Clock& real, Seeds seeds);

  const std::string& name() const { return name_; }
  // Any thread may call these two, without the lock. A session that nobody uses goes after a while.
  void Touch() { last_use_.store(real_.Now(), std::memory_order_relaxed); }
  Time last_use() const { return last_use_.load(std::memory_order_relaxed); }

  // Hold it around every use of what follows.
  std::mutex& mutex() { return mutex_; }

  const SessionSettings& settings() const { return settings_; }
  // What the ids come from; where the settings have no seed, the one that was drawn.
  std::uint64_t seed() const { return seed_; }
  SessionClock& clock() { return clock_; }
  Time Now() const { return clock_.Now(); }
  Ids& ids() { return ids_; }
  Store& store() { return store_; }
  Processes& processes() { return processes_; }
  Outbox& outbox() { return outbox_; }
  // What steps change, at that time.
  WorldParts WorldAt(Time now, std::shared_ptr<const Scenario> scenario = nullptr) {
    return {store_, ids_, processes_, outbox_, now, std::move(scenario)};
  }
  // How an attempt to deliver a notice ended. A webhook that it is given up for is asleep then.
  void Delivered(const Notice& notice, Notice::Attempt attempt);
  // A client looks at the resource of that id, or at all of a kind: what goes on by the number of
  // polls goes on.
  void Polled(std::string_view kind, std::string_view id) {
    if (processes_.empty()) return;
    WorldParts world = WorldAt(Now());
    processes_.Polled(kind, id, world);
  }
  void PolledAll(std::string_view kind) { Polled(kind, ""); }
  // Brings what goes on by itself to the present. To be called before the store is looked at.
  void CatchUp() {
    if (processes_.empty()) return;
    WorldParts world = WorldAt(Now());
    processes_.Advance(world);
  }
  const Journal& journal() const { return journal_; }
  // The session's progress in that scenario; begun when it is first asked for.
  Script& ScriptOf(const std::shared_ptr<const Scenario>& scenario);
  const auto& scripts() const { return scripts_; }

  // Keeps what EncodeExchange gave, returns its id, and wakes the readers of the event stream.
  std::uint64_t Record(std::string encoded);
  // The client of that exchange left before its answer went out.
  void Abandon(std::uint64_t id, std::uint64_t generation) {
    if (journal_.generation() == generation) journal_.SetAbandoned(id);
  }
  void ClearJournal() { journal_.Clear(); }
  // Waits, with the lock held by `lock`, until there is an exchange above `after`, the journal's
  // ids are of another generation, or the session is closed. False when `patience` is over first.
  bool AwaitExchange(std::unique_lock<std::mutex>& lock, std::uint64_t after,
                     std::uint64_t generation, Duration patience);
  // The session is no longer the one of its name. Who waits for its exchanges is told.
  void Close();
  bool closed() const { return closed_; }

  // New settings; the ids begin anew where there is a seed, the time where there is a clock.
  void SetScenario(std::string scenario) { settings_.scenario = std::move(scenario); }
  void SetSeed(std::uint64_t seed);
  void SetClock(ClockSetting clock);
  void SetEditions(std::map<std::string, std::string, std::less<>> editions);
  // What the store holds after the next reset: the server's, under the session's own.
  void SetSeeds(Seeds seeds) { seeds_ = std::move(seeds); }
  // The session's own seed, a snapshot, stands over the server's kind by kind; null takes it away.
  // The store begins anew with it.
  void SetSeedState(Json snapshot);
  // What the store holds after a reset.
  Seeds seeds() const { return own_seed_.IsNull() ? seeds_ : LaidOver(seeds_, own_seed_); }
  // The store back to its seed, the journal empty, progress to zero, the clock to its start, the
  // ids to the beginning of their seed; but for what `keep` spares.
  void Reset(Keep keep);

  // All of it, to be kept and taken up again.
  Json Save() const;
  // Takes up what Save gave. Progress in a scenario that is gone or has changed is left out, and
  // told of in `lost`. The error names the member that is wrong.
  Result<void> Restore(const Json& saved, const ScenarioLibrary& scenarios, const Catalog& catalog,
                       std::vector<std::string>& lost);

 private:
  void RestartStore();
  Json SaveClock() const;
  Result<void> RestoreSettings(const Json& saved, const ScenarioLibrary& scenarios,
                               const Catalog& catalog, std::vector<std::string>& lost);
  Result<void> RestoreClock(const Json& saved);
  Result<void> RestoreJournal(const Json& saved);

  const std::string name_;
  const Clock& real_;
  std::atomic<Time> last_use_;
  std::mutex mutex_;
  std::condition_variable recorded_;
  std::size_t waiting_ = 0;
  bool closed_ = false;

  SessionSettings settings_;
  std::uint64_t seed_;
  Seeds seeds_;
  Json own_seed_;  // a snapshot, or null
  SessionClock clock_;
  Ids ids_;
  Store store_;
  Processes processes_;
  Outbox outbox_;
  Journal journal_;
  std::map<std::string, std::unique_ptr<Script>, std::less<>> scripts_;
};

}  // namespace mockduit
