// Session: one isolated world, with its progress in each scenario, its clock and its journal. One
// lock guards all of it. A request takes the lock several times on its way, so others come in
// between; what must be one step (which play, and that it is consumed) happens under one hold.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "contract/catalog.h"
#include "scenario/scenario_library.h"
#include "scenario/script.h"
#include "session/journal.h"
#include "session/seeds.h"
#include "session/snapshot.h"
#include "session/world.h"

namespace mockduit {

struct SessionSettings {
  std::string scenario = "success";   // where a request chooses none
  std::optional<std::uint64_t> seed;  // nothing: drawn at random
  ClockSetting clock;
  std::map<std::string, std::string, std::less<>> editions;  // vendor → the edition that answers
};

struct SessionLimits {
  JournalLimits journal;           // its bytes are of all journals together
  std::size_t resources = 10'000;  // of a kind
  std::size_t sessions = 1'000;
  Duration idle = std::chrono::hours(1);  // after which a session goes
  std::size_t store_bytes = Store::kDefaultMaxBytes;
  std::uint64_t begun_at_once = World::kMaxAtOnce;  // lifecycles, in one catch-up
  // Of all stores, journals and seeds, scenarios that were put, and answers under way together.
  std::size_t memory = std::numeric_limits<std::size_t>::max();
};

// What a reset leaves as it is.
struct Keep {
  bool store = false;
  bool journal = false;
  bool scenario = false;
  bool clock = false;
};

// What one session holds. Its lock is held by whoever has a Session&: SharedSession::Enter gives
// it.
class Session {
 public:
  // `real` must outlive the session.
  Session(std::string name, SessionSettings settings, const SessionLimits& limits,
          const Clock& real, Seeds seeds);

  const std::string& name() const { return name_; }
  const SessionSettings& settings() const { return settings_; }
  // What the ids come from; where the settings have no seed, the one that was drawn.
  std::uint64_t seed() const { return seed_; }
  // To be changed; Now and SaveClock only look at it.
  SessionClock& clock() {
    ++changes_;
    return clock_;
  }
  Time Now() const { return clock_.Now(); }
  // By the clock of whoever is called, which is the real one unless the session's stands still.
  Time ClientNow() const { return clock_.ClientNow(); }
  ClockNote NoteClock() const { return {clock_.rate(), clock_.moved()}; }
  World& world() { return world_; }
  const World& world() const { return world_; }
  const Journal& journal() const { return journal_; }
  // The session's progress in that scenario; begun when it is first asked for.
  Script& ScriptOf(const std::shared_ptr<const Scenario>& scenario);
  const auto& scripts() const { return scripts_; }

  // Brings what goes on by itself to the present. To be called before the world is looked at. Gives
  // what had to be stopped.
  std::optional<std::string> CatchUp() { return world_.CatchUp(Now()); }
  // How an attempt to deliver a notice ended. When it is given up its webhook is switched off, but
  // for rules by which it stays active. Nothing happens where a reset took the notice away.
  void Delivered(const Notice& notice, Notice::Attempt attempt);

  // Keeps what EncodeExchange gave, and gives its id.
  std::uint64_t Record(std::string encoded, std::shared_ptr<Passage> passage) {
    ++changes_;
    return journal_.Add(std::move(encoded), std::move(passage));
  }
  void ShortenJournal(std::size_t bytes) {
    ++changes_;
    journal_.Shorten(bytes);
  }
  void ClearJournal() {
    ++changes_;
    journal_.Clear();
  }

  // Rises whenever what requests have done is thrown away: by a reset, by a store that is put. A
  // request that came before and is still under way belongs to what was, and must leave no trace.
  std::uint64_t generation() const { return generation_; }
  // The session is no longer the one of its name.
  void Close() { closed_ = true; }
  bool closed() const { return closed_; }

  // True once, after SetPast: for the first of the requests that are for it.
  bool TakeFirst() { return std::exchange(first_, false); }
  // What its clients must know of the session of that name that was there before, until a reset; ""
  // where there is nothing to know.
  const std::string& past() const { return past_; }
  void SetPast(std::string past) {
    past_ = std::move(past);
    first_ = true;
  }
  // What its store, its journal and its own seed hold.
  std::size_t bytes() const {
    return world_.store().bytes() + journal_.bytes() + own_seed_memory_.bytes();
  }
  // `journal` counts the journal alone, and counts it in `account`.
  void SetAccounts(const std::shared_ptr<MemoryAccount>& account,
                   const std::shared_ptr<MemoryAccount>& journal) {
    own_seed_memory_.SetAccount(account);
    world_.SetAccount(account);
    journal_.SetAccount(journal);
  }

  // New settings; the ids begin anew where there is a seed, the time where there is a clock.
  void SetScenario(std::string scenario) {
    ++changes_;
    settings_.scenario = std::move(scenario);
  }
  void SetSeed(std::uint64_t seed);
  void SetClock(ClockSetting clock);
  void SetEditions(std::map<std::string, std::string, std::less<>> editions);
  // What the store holds after the next reset: the server's, under the session's own.
  void SetSeeds(Seeds seeds) { seeds_ = std::move(seeds); }
  // What the server begins every session with.
  const Seeds& server_seeds() const { return seeds_; }
  // The session's own seed, a snapshot, stands over the server's kind by kind; null takes it away.
  // The world begins anew with it.
  void SetSeedState(Json snapshot);
  // What the store holds after a reset.
  Seeds seeds() const { return own_seed_.IsNull() ? seeds_ : LaidOver(seeds_, own_seed_); }
  // The world back to its seed, the journal empty, progress to zero, the clock to its start, the
  // ids to the beginning of their seed; but for what `keep` spares.
  void Reset(Keep keep);
  // The store holds what the snapshot says. When it is none, the error names the place, and
  // nothing changes.
  Result<void> ReplaceStore(const Json& snapshot);

  // Rises with every change of what is kept.
  std::uint64_t changes() const { return changes_ + world_.changes(); }
  // All of it, to be kept and taken up again. Copied under the session's lock; what takes long, to
  // make JSON of the journal, is done by ToJson, without it.
  struct Captured {
    Json but_the_journal;
    Journal journal;

    Json ToJson() &&;
  };
  Captured Capture() const;
  Json Save() const { return Capture().ToJson(); }
  // Takes up what Save gave. Progress in a scenario that is gone or has changed is left out, and
  // reported in `lost`. The error names the member that is wrong.
  Result<void> Restore(const Json& saved, const ScenarioLibrary& scenarios, const Catalog& catalog,
                       std::vector<std::string>& lost);

 private:
  void SetOwnSeed(Json snapshot);
  Json SaveClock() const;
  Result<void> RestoreSettings(const Json& saved, const ScenarioLibrary& scenarios,
                               const Catalog& catalog, std::vector<std::string>& lost);
  Result<void> RestoreClock(const Json& saved);
  Result<void> RestoreJournal(const Json& saved);

  const std::string name_;
  SessionSettings settings_;
  std::uint64_t seed_;
  Seeds seeds_;
  Json own_seed_;  // a snapshot, or null
  MemoryShare own_seed_memory_;
  SessionClock clock_;
  World world_;
  Journal journal_;
  std::map<std::string, std::unique_ptr<Script>, std::less<>> scripts_;
  std::uint64_t generation_ = 0;
  bool closed_ = false;
  std::uint64_t changes_ = 0;
  bool first_ = false;
  std::string past_;
};

// A session as all threads share it: its name, and one lock around the rest.
class SharedSession {
 public:
  using Access = Guarded<Session>::Access;

  SharedSession(std::string name, SessionSettings settings, const SessionLimits& limits,
                const Clock& real, Seeds seeds)
      : name_(std::move(name)),
        real_(real),
        last_use_(real.Now()),
        session_(name_, std::move(settings), limits, real, std::move(seeds)) {}

  const std::string& name() const { return name_; }
  // A session that nobody uses goes after a while.
  void Touch() { last_use_.store(real_.Now(), std::memory_order_relaxed); }
  Time last_use() const { return last_use_.load(std::memory_order_relaxed); }

  // Waits for its turn. The session can be used as long as what this gives is alive; nothing that
  // takes long, such as a call to another server, may happen meanwhile.
  Access Enter() { return session_.Enter(); }

 private:
  const std::string name_;
  const Clock& real_;
  std::atomic<Time> last_use_;
  Guarded<Session> session_;
};

}  // namespace mockduit
