// World: what a session's requests act on: its resources, its ids, what goes on by itself and the
// events for its webhooks. Everything that happens to resources happens here, as the steps of a
// contract say. Reached through the session that it belongs to (session/session.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "contract/language/step.h"
#include "scenario/scenario.h"
#include "session/calendar.h"
#include "session/facts.h"
#include "session/outbox.h"
#include "session/seeds.h"
#include "session/store.h"

namespace mockduit {

// When something happens, and by which scenario the lifecycles go that it begins.
struct Moment {
  Time now{};
  std::shared_ptr<const Scenario> scenario;  // nullptr: as the contract says
};

// The resource whose steps are done: the one that `set` changes.
struct Subject {
  std::string kind;  // "vendor.kind"
  std::string id;
};

struct StoredResource {
  std::string id;
  Json json;
};

class World {
 public:
  // What lifecycles may begin of other lifecycles in one catch-up, if the constructor says nothing
  // else: so many, and ten for each that goes on; what is still due then is done in the next one.
  // So that none goes on without end, a tenth of it within a second of the session's time; past
  // that they do not begin, and the catch-up says so. Beginnings that are due at once may be nested
  // so deep; deeper ones wait for the next catch-up.
  static constexpr std::uint64_t kMaxAtOnce = 100'000;
  static constexpr int kMaxDepth = 16;
  // So much may one effect, or one stage, do before it is stopped, which is reported as above: a
  // step counts one, and each resource that is looked through. All that a catch-up does: five times
  // what may begin in it, and the rest is done in the next one.
  static constexpr std::uint64_t kMaxWork = 100'000;
  // What the templates of one stage may make together. Those of an effect make no more than an
  // answer may have.
  static constexpr std::size_t kMaxStepBytes = std::size_t{16} << 20;

  World(std::size_t max_resources_of_a_kind, std::uint64_t seed,
        std::size_t max_store_bytes = Store::kDefaultMaxBytes,
        std::uint64_t max_at_once = kMaxAtOnce)
      : max_at_once_(max_at_once), store_(max_resources_of_a_kind, max_store_bytes), ids_(seed) {}

  const Store& store() const { return store_; }
  // Where the bytes of the store are counted besides.
  void SetAccount(std::shared_ptr<MemoryAccount> account) { store_.SetAccount(std::move(account)); }
  Ids& ids() { return ids_; }
  const Ids& ids() const { return ids_; }
  Outbox& outbox() { return outbox_; }
  const Outbox& outbox() const { return outbox_; }
  const Calendar& calendar() const { return calendar_; }

  // Counts what is done while it is there as one effect's, or one stage's; within another one, as
  // that one's.
  class Work {
   public:
    explicit Work(World& world) : world_(world) {
      if (world_.nesting_++ == 0) world_.work_ = 0;
    }
    ~Work() {
      if (--world_.nesting_ == 0) world_.caught_up_work_ += world_.work_;
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    // More than kMaxWork was done, so that not all was.
    bool was_stopped() const { return world_.work_ > kMaxWork; }

   private:
    World& world_;
  };

  // Adds a resource, or replaces the one of that id; what it goes through goes on. What the oldest
  // one goes through ends where that has to make room.
  void Put(std::string_view kind, std::string id, const Json& resource);
  // Removes it and ends what it goes through, so that nothing of it befalls another one of its id.
  void Remove(std::string_view kind, std::string_view id);
  // Visits the resources of a kind, at least those that the selection may take.
  void Visit(std::string_view kind, Store::Order order, const Selection& selection,
             const Store::Visitor& visit);
  // The resources that `which` names, oldest first; of those that the work allowed reaches.
  std::vector<StoredResource> Select(const Which& which, Scope& scope,
                                     std::size_t most = std::numeric_limits<std::size_t>::max());
  bool IsThere(const Which& which, Scope& scope) { return !Select(which, scope, 1).empty(); }

  // Does the steps, in order, as far as the work allowed goes. Gives a line for people when they
  // were stopped. Leaves the subject as it then stands in `scope.facts.result`.
  std::optional<std::string> Do(const Steps& steps, const Subject& subject, FactsScope& scope,
                                const Moment& moment);
  // The resource of that id begins to go through the lifecycle, anew where it does already. What
  // is due at once happens now.
  void Begin(const std::shared_ptr<const Lifecycle>& lifecycle, const std::string& id,
             const Course& course, const Moment& moment);
  void Stop(std::string_view lifecycle, std::string_view id) { calendar_.Remove(lifecycle, id); }
  // Does what is due by `now`, in the order in which it is due, each at its own time. A resource
  // that is gone goes through nothing any more. Gives a line for people when lifecycles had to be
  // stopped, or when not all could be done at once.
  std::optional<std::string> CatchUp(Time now);
  // A client looks at the resource of that id, or ("") at all of that kind.
  void LookedAt(std::string_view kind, std::string_view id, Time now);
  // Signs a notice whose webhook's rules want each attempt signed, for an attempt that its receiver
  // is told to be at `at`.
  void Sign(Notice& notice, Time at) const;
  // Does what follows an attempt to deliver.
  void Attempted(const Notice& notice, const Notice::Attempt& attempt);
  // The last such line since this was last asked, for the log.
  std::optional<std::string> TakeWarning();

  // The ids begin again at the beginning of a seed.
  void RestartIds(std::uint64_t seed) { ids_ = Ids(seed); }
  // Holds the seeds, with the kinds of `own`, a snapshot or null, in place of theirs, and nothing
  // else: nothing goes on, and no event is delivered.
  void Restart(const Seeds& seeds, const Json& own);
  // Holds what the snapshot says and nothing else; nothing goes on. When it is no snapshot the
  // error names the place, and the world stays as it was.
  Result<void> ReplaceResources(const Json& snapshot);
  // Takes up what the state file holds of a world, and reports in `lost` what is left out. The
  // error names the member that is wrong.
  Result<void> Restore(const Ids& ids, const Json& store, const Json& calendar,
                       const Catalog& catalog, const ScenarioLibrary& scenarios,
                       std::vector<std::string>& lost);
  // How far resources have come in ends that are taken in turn, for the state file.
  Json SaveTurns() const;
  Result<void> RestoreTurns(const Json& saved);
  // Rises with every change of what the state file holds of a world, but for ids.
  std::uint64_t changes() const { return store_.changes() + calendar_.changes(); }

 private:
  class StepOnWorld;

  bool MustStop(const Scope& scope) const { return work_ > kMaxWork || scope.overspent(); }
  // A line for people where the steps must stop.
  std::optional<std::string> WhyStopped(const Subject& subject, const Scope& scope);
  void NothingGoesOn();
  // Does the next stage, or the ending, at that time, and the stages after it that are due by
  // polls.
  void Advance(Ongoing ongoing, Time at);
  // False when the resource is gone.
  bool DoStage(Ongoing& ongoing, Time at);
  // The end of the next run of that resource, of several that are taken in turn.
  std::string NextEnd(const Course& course, const std::string& id);
  // Counts a beginning within a catch-up; false when there were too many.
  bool MayBegin(const Lifecycle& lifecycle, const std::string& id, Time now);

  const std::uint64_t max_at_once_;
  Store store_;
  Ids ids_;
  Calendar calendar_;
  Outbox outbox_;
  // How many runs of a resource have ended by turns, by lifecycle and id.
  std::map<std::string, std::uint64_t> turns_;
  int depth_ = 0;           // of beginnings within beginnings
  int nesting_ = 0;         // of Work within Work
  std::uint64_t work_ = 0;  // of the outermost
  // Of the catch-up that is under way.
  bool catching_up_ = false;
  std::uint64_t most_in_a_second_ = 0;
  std::uint64_t begun_ = 0;  // in all
  std::uint64_t caught_up_work_ = 0;
  Time second_{};                // when the present second began
  std::uint64_t in_second_ = 0;  // since then
  std::optional<std::string> warning_;
};

}  // namespace mockduit
