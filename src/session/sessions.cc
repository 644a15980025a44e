#include "session/sessions.h"

#include <algorithm>
#include <limits>

namespace mockduit {
namespace {

// Shorter answers are not counted: what holds a connection takes as much.
constexpr std::size_t kLongAnswer = 4'096;

void AddEvictions(const Session& session, Sessions::Evictions& evictions) {
  evictions.exchanges += session.journal().evicted();
  evictions.resources += session.world().store().evicted();
  evictions.cleared += session.journal().cleared();
}

// The most that each may hold of `whole`, where those that hold less leave the rest to the others.
std::size_t FairPart(std::vector<std::size_t> held, std::size_t whole) {
  std::ranges::sort(held);
  std::size_t sharing = held.size();
  for (const std::size_t bytes : held) {
    if (bytes > whole / sharing) return whole / sharing;
    whole -= bytes;
    --sharing;
  }
  return std::numeric_limits<std::size_t>::max();
}

}  // namespace

Sessions::Sessions(SessionSettings settings, const SessionLimits& limits, const Clock& clock,
                   Seeds seeds, Log& log)
    : settings_(std::move(settings)),
      limits_(limits),
      clock_(clock),
      log_(log),
      seeds_(std::move(seeds)) {}

std::shared_ptr<SharedSession> Sessions::Get(std::string_view name) {
  if (bytes() > limits_.memory) MakeRoom(name);
  if (journals_->bytes() > limits_.journal.bytes) ShortenJournals();
  if (auto session = Find(name)) {
    session->Touch();
    return session;
  }
  DropIdle();
  std::shared_ptr<SharedSession> made;
  std::vector<std::string> retired;
  {
    const WriterLock lock(mutex_);
    const auto found = sessions_.find(name);
    if (found != sessions_.end()) return found->second;
    while (sessions_.size() >= limits_.sessions) retired.push_back(RetireOldest());
    ++changes_;
    made = sessions_.emplace(name, Make(name)).first->second;
    if (std::string past = WhyGone(name); !past.empty()) made->Enter()->SetPast(std::move(past));
    gone_.erase(std::string(name));
  }
  for (const std::string& oldest : retired) {
    log_.Often(LogLevel::kWarning, "sessions",
               "there are " + std::to_string(limits_.sessions) +
                   " sessions, the most there may be; " + oldest +
                   ", which was idle longest, is dropped",
               1);
  }
  return made;
}

// Each session of a seeded server has ids of its own, the same ones in every run.
std::shared_ptr<SharedSession> Sessions::Make(std::string_view name) const {
  SessionSettings settings = settings_;
  if (settings.seed) settings.seed = SeedFor(*settings.seed, name);
  auto session = std::make_shared<SharedSession>(std::string(name), std::move(settings), limits_,
                                                 clock_, seeds_);
  const auto entered = session->Enter();
  entered->world().outbox().SetWakeup(&wakeup_);
  entered->SetAccounts(account_, journals_);
  return session;
}

std::shared_ptr<SharedSession> Sessions::Peek(std::string_view name) const {
  if (auto session = Find(name)) {
    session->Touch();
    return session;
  }
  const ReaderLock lock(mutex_);
  auto made = Make(name);
  if (std::string past = WhyGone(name); !past.empty()) made->Enter()->SetPast(std::move(past));
  return made;
}

std::string Sessions::PastOf(std::string_view name) const {
  if (const auto session = Find(name)) return session->Enter()->past();
  const ReaderLock lock(mutex_);
  return WhyGone(name);
}

std::string Sessions::WhyGone(std::string_view name) const {
  const auto found = gone_.find(name);
  if (found == gone_.end()) return "";
  return "the session " + std::string(name) + " is new: the one before it was dropped, " +
         found->second;
}

std::shared_ptr<SharedSession> Sessions::Find(std::string_view name) const {
  const ReaderLock lock(mutex_);
  const auto found = sessions_.find(name);
  return found != sessions_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<SharedSession>> Sessions::List() const {
  const ReaderLock lock(mutex_);
  std::vector<std::shared_ptr<SharedSession>> list;
  for (const auto& [name, session] : sessions_) list.push_back(session);
  return list;
}

void Sessions::CatchUp() {
  for (const auto& shared : List()) {
    std::optional<std::string> warning;
    {
      const auto session = shared->Enter();
      session->CatchUp();
      warning = session->world().TakeWarning();
    }
    if (warning) log_.Warning("session " + shared->name() + ": " + *warning);
  }
}

std::size_t Sessions::Count() const {
  const ReaderLock lock(mutex_);
  return sessions_.size();
}

bool Sessions::Drop(std::string_view name) {
  const WriterLock lock(mutex_);
  const auto found = sessions_.find(name);
  if (found == sessions_.end()) return false;
  Retire(found);
  return true;
}

void Sessions::DropIdle() {
  const Time limit = clock_.Now() - limits_.idle;
  std::vector<std::string> dropped;
  {
    const WriterLock lock(mutex_);
    for (auto session = sessions_.begin(); session != sessions_.end();) {
      const auto next = std::next(session);
      if (session->second->last_use() < limit) {
        dropped.push_back(session->first);
        Retire(session, "for it was idle for more than " + FormatDuration(limits_.idle) +
                            " (--session-ttl)");
      }
      session = next;
    }
  }
  for (const std::string& name : dropped) {
    log_.Often(LogLevel::kInfo, "idle sessions",
               "session " + name + " was idle for more than " + FormatDuration(limits_.idle) +
                   " and is dropped",
               1);
  }
}

std::string Sessions::RetireOldest() {
  const auto oldest = std::ranges::min_element(
      sessions_, {}, [](const auto& entry) { return entry.second->last_use(); });
  std::string name = oldest->first;
  ++retired_.sessions;
  Retire(oldest, "for there were more than " + std::to_string(limits_.sessions) +
                     " sessions (--max-sessions)");
  return name;
}

void Sessions::MakeRoom(std::string_view keep) {
  const std::size_t wanted = limits_.memory / 10 * 9;  // so that it is not full again at once
  std::vector<std::string> dropped;
  {
    const WriterLock lock(mutex_);
    std::size_t held = bytes();
    if (held <= limits_.memory) return;
    std::vector<Map::iterator> oldest;
    for (auto session = sessions_.begin(); session != sessions_.end(); ++session) {
      if (session->first != keep) oldest.push_back(session);
    }
    std::ranges::sort(oldest, {},
                      [](Map::iterator session) { return session->second->last_use(); });
    for (const Map::iterator session : oldest) {
      if (held <= wanted) break;
      held -= std::min(held, session->second->Enter()->bytes());
      ++retired_.sessions;
      ++retired_.sessions_for_memory;
      dropped.push_back(session->first);
      Retire(session, "for all sessions together may hold " + std::to_string(limits_.memory) +
                          " bytes (--max-memory)");
    }
  }
  for (const std::string& name : dropped) {
    log_.Often(LogLevel::kWarning, "memory",
               "the sessions hold more than " + std::to_string(limits_.memory) +
                   " bytes (--max-memory); " + name + ", which was idle longest, is dropped",
               1);
  }
}

void Sessions::ShortenJournals() {
  const std::size_t wanted = limits_.journal.bytes / 8 * 7;  // so that it is not full again at once
  const MutexLock lock(shortening_);
  if (journals_->bytes() <= limits_.journal.bytes) return;
  log_.Often(LogLevel::kInfo, "journals",
             "the journals held more than " + std::to_string(limits_.journal.bytes) +
                 " bytes (--journal-bytes), and the longest lost their oldest exchanges",
             1);
  const auto sessions = List();
  std::vector<std::size_t> held;
  for (const auto& session : sessions) held.push_back(session->Enter()->journal().bytes());
  const std::size_t most = FairPart(held, wanted);
  for (const auto& session : sessions) session->Enter()->ShortenJournal(most);
}

std::optional<MemoryShare> Sessions::HoldAnswer(std::size_t bytes) {
  MemoryShare share;
  if (bytes < kLongAnswer) return share;
  share.Add(bytes);
  share.SetAccount(under_way_);
  const std::size_t held = under_way_->bytes();
  if (held <= most_under_way() || held == bytes) return share;
  log_.Often(LogLevel::kWarning, "answers under way",
             "the answers that clients have not read yet would hold more than " +
                 std::to_string(most_under_way()) +
                 " bytes, a quarter of --max-memory; a further one became a 507",
             1);
  return std::nullopt;
}

bool Sessions::HoldBody(std::size_t bytes, MemoryShare& held) {
  if (held.bytes() == 0) held.SetAccount(coming_in_);
  held.Add(bytes);
  const std::size_t all = coming_in_->bytes();
  if (all <= most_under_way() || all == held.bytes()) return true;
  log_.Often(LogLevel::kWarning, "bodies coming in",
             "the bodies of requests that are coming in would hold more than " +
                 std::to_string(most_under_way()) +
                 " bytes, a quarter of --max-memory; a further one was answered with 503",
             1);
  return false;
}

void Sessions::Retire(Map::iterator session, std::string_view why) {
  constexpr std::size_t kMaxRemembered = 10'000;
  if (gone_.insert_or_assign(session->first, std::string(why)).second) {
    gone_order_.push_back(session->first);
  }
  while (gone_order_.size() > kMaxRemembered) {
    gone_.erase(gone_order_.front());
    gone_order_.pop_front();
  }
  Retire(session);
}

// Requests that are under way in it still end in it.
void Sessions::Retire(Map::iterator session) {
  {
    const auto retired = session->second->Enter();
    AddEvictions(*retired, retired_);
    changes_ += retired->changes() + 1;
    retired_.cleared += retired->journal().total();
    retired->Close();
  }
  sessions_.erase(session);
}

void Sessions::SetSeeds(const Seeds& seeds) {
  {
    const WriterLock lock(mutex_);
    seeds_ = seeds;
  }
  for (const auto& session : List()) session->Enter()->SetSeeds(seeds);
}

Sessions::Evictions Sessions::CountEvictions() const {
  const ReaderLock lock(mutex_);
  Evictions evictions = retired_;
  for (const auto& [name, session] : sessions_) AddEvictions(*session->Enter(), evictions);
  return evictions;
}

std::uint64_t Sessions::CountChanges() const {
  std::uint64_t changes = 0;
  Map sessions;
  {
    const ReaderLock lock(mutex_);
    changes = changes_;
    sessions = sessions_;
  }
  for (const auto& [name, session] : sessions) changes += session->Enter()->changes();
  return changes;
}

Json Sessions::Save() const {
  Json list = Json::MakeArray();
  for (const auto& session : List()) {
    auto captured = session->Enter()->Capture();
    list.Append(std::move(captured).ToJson());
  }
  return Json::MakeObject({{"sessions", std::move(list)}});
}

Result<std::vector<std::string>> Sessions::Restore(const Json& saved,
                                                   const ScenarioLibrary& scenarios,
                                                   const Catalog& catalog) {
  const Json* list = saved.Find("sessions");
  if (list == nullptr || !list->IsArray()) return Fail("/sessions: it must be a list");
  std::vector<std::string> lost;
  Map restored;
  const WriterLock lock(mutex_);
  for (std::size_t i = 0; i < list->IfArray()->size(); ++i) {
    const Json& json = (*list->IfArray())[i];
    const std::string place = "/sessions/" + std::to_string(i);
    const Json* name = json.Find("name");
    if (name == nullptr || !IsName(name->AsString())) return Fail(place + "/name: it is no name");
    auto session = Make(name->AsString());
    if (const auto done = session->Enter()->Restore(json, scenarios, catalog, lost); !done) {
      return Fail(place + "/" + done.error().message);
    }
    restored.emplace(name->AsString(), session);
  }
  sessions_ = std::move(restored);
  return lost;
}

}  // namespace mockduit
