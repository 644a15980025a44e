// Sessions: every world of the server, by name. Made on first use, bounded in number, dropped when
// idle for long. Any thread may use it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/mutex.h"
#include "session/session.h"
#include "session/wakeup.h"

namespace mockduit {

inline constexpr std::string_view kDefaultSession = "default";

class Sessions {
 public:
  // What is gone, mostly because of the limits, over all sessions there ever were.
  struct Evictions {
    std::uint64_t exchanges = 0;
    std::uint64_t resources = 0;
    std::uint64_t sessions = 0;
    std::uint64_t sessions_for_memory = 0;  // of these
    // Not by limits: exchanges whose journals were cleared or whose sessions were dropped.
    std::uint64_t cleared = 0;
  };

  // What new sessions start with. `clock` (the real one) and `log` must outlive this.
  Sessions(SessionSettings settings, const SessionLimits& limits, const Clock& clock, Seeds seeds,
           Log& log);

  // The session of that name, made when there is none. Past the limit the one that has been idle
  // longest goes.
  std::shared_ptr<SharedSession> Get(std::string_view name);
  // The session of that name; where there is none, one as Get would make it, but it is kept
  // nowhere: for whoever only looks.
  std::shared_ptr<SharedSession> Peek(std::string_view name) const;
  // Why the session of that name is new, though there was one before, in words; "" where nobody
  // need be told.
  std::string PastOf(std::string_view name) const;
  // nullptr when there is none.
  std::shared_ptr<SharedSession> Find(std::string_view name) const;
  std::vector<std::shared_ptr<SharedSession>> List() const;  // by name
  std::size_t Count() const;
  // The next use of the name makes a new world. False when there was none.
  bool Drop(std::string_view name);
  // Drops what nobody has used for longer than the limits say.
  void DropIdle();
  // Where all that counts holds more than it may, drops the sessions that were idle longest, but
  // never the one of that name. The log says so, and so do the first answers of sessions of their
  // names.
  void MakeRoom(std::string_view keep);
  // Where all journals together hold more than they may, shortens the longest, none to less than
  // what each may have if all are to have room.
  void ShortenJournals();
  // Counts an answer of that many bytes for as long as the share is there. Nothing when those under
  // way would hold more than most_under_way with it; one alone may always go.
  std::optional<MemoryShare> HoldAnswer(std::size_t bytes);
  // Counts so many bytes more of a request's body that comes in, in its share. False when those
  // that come in would hold more than most_under_way with it; one alone may always come.
  bool HoldBody(std::size_t bytes, MemoryShare& held);
  // A part of the memory, so that sessions have room beside it: of answers under way, of bodies
  // that come in, and of the scenarios that were put.
  std::size_t most_under_way() const { return limits_.memory / 4; }
  std::size_t most_of_scenarios() const { return limits_.memory / 4; }
  std::size_t bytes() const {
    return account_->bytes() + under_way_->bytes() + coming_in_->bytes();
  }
  // For what is no session and counts with them.
  const std::shared_ptr<MemoryAccount>& account() const { return account_; }
  const SessionLimits& limits() const { return limits_; }

  const SessionSettings& defaults() const { return settings_; }
  // What the stores of new sessions hold, and those of the others after their next reset.
  void SetSeeds(const Seeds& seeds);
  Evictions CountEvictions() const;
  // Notifies when a session has an event to deliver to its webhooks.
  Wakeup& wakeup() { return wakeup_; }
  // Brings what goes on by itself in every session to the present, and logs lifecycles that had to
  // be stopped.
  void CatchUp();

  // Rises whenever something changes that Save gives.
  std::uint64_t CountChanges() const;
  // {"sessions": […]}: all of them, to be kept in a file.
  Json Save() const;
  // Takes up what Save gave, in place of all there is. Gives what was left out, in words. The error
  // names the place that is wrong; then nothing has changed.
  Result<std::vector<std::string>> Restore(const Json& saved, const ScenarioLibrary& scenarios,
                                           const Catalog& catalog);

 private:
  using Map = std::map<std::string, std::shared_ptr<SharedSession>, std::less<>>;

  std::shared_ptr<SharedSession> Make(std::string_view name) const REQUIRES_SHARED(mutex_);
  // What its clients are told of one that is gone; "" when nobody need be.
  std::string WhyGone(std::string_view name) const REQUIRES_SHARED(mutex_);
  void Retire(Map::iterator session) REQUIRES(mutex_);
  // The same, for a reason that its clients must know.
  void Retire(Map::iterator session, std::string_view why) REQUIRES(mutex_);
  // Gives the name of the session that had to go.
  std::string RetireOldest() REQUIRES(mutex_);

  const SessionSettings settings_;
  const SessionLimits limits_;
  const Clock& clock_;
  Log& log_;
  mutable SharedMutex mutex_;
  Mutex shortening_;  // of whoever shortens journals; before `mutex_`
  Seeds seeds_ GUARDED_BY(mutex_);
  Map sessions_ GUARDED_BY(mutex_);
  Evictions retired_ GUARDED_BY(mutex_);  // of sessions that are gone
  // Sessions that were made or went, with the changes of those that went.
  std::uint64_t changes_ GUARDED_BY(mutex_) = 0;
  // Why sessions are gone that nobody has asked to drop, by name; of so many, the last ones.
  std::map<std::string, std::string, std::less<>> gone_ GUARDED_BY(mutex_);
  std::deque<std::string> gone_order_ GUARDED_BY(mutex_);
  const std::shared_ptr<MemoryAccount> account_ = std::make_shared<MemoryAccount>();
  const std::shared_ptr<MemoryAccount> journals_ = std::make_shared<MemoryAccount>(account_);
  const std::shared_ptr<MemoryAccount> under_way_ = std::make_shared<MemoryAccount>();
  const std::shared_ptr<MemoryAccount> coming_in_ = std::make_shared<MemoryAccount>();
  mutable Wakeup wakeup_;
};

}  // namespace mockduit
