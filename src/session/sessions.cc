#include "session/sessions.h"

#include <algorithm>

namespace mockduit {
namespace {

void AddEvictions(const Session& session, Sessions::Evictions& evictions) {
  evictions.exchanges += session.journal().evicted();
  evictions.resources += session.world().store().evicted();
  evictions.cleared += session.journal().cleared();
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
  if (auto session = Find(name)) {
    session->Touch();
    return session;
  }
  DropIdle();
  const WriterLock lock(mutex_);
  const auto found = sessions_.find(name);
  if (found != sessions_.end()) return found->second;
  while (sessions_.size() >= limits_.sessions) RetireOldest();
  ++changes_;
  return sessions_.emplace(name, Make(name)).first->second;
}

// Each session of a seeded server has ids of its own, the same ones in every run.
std::shared_ptr<SharedSession> Sessions::Make(std::string_view name) const {
  SessionSettings settings = settings_;
  if (settings.seed) settings.seed = SeedFor(*settings.seed, name);
  auto session = std::make_shared<SharedSession>(std::string(name), std::move(settings), limits_,
                                                 clock_, seeds_);
  session->Enter()->world().outbox().SetWakeup(&wakeup_);
  return session;
}

std::shared_ptr<SharedSession> Sessions::Peek(std::string_view name) const {
  if (auto session = Find(name)) {
    session->Touch();
    return session;
  }
  const ReaderLock lock(mutex_);
  return Make(name);
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
  const WriterLock lock(mutex_);
  for (auto session = sessions_.begin(); session != sessions_.end();) {
    const auto next = std::next(session);
    if (session->second->last_use() < limit) {
      log_.Info("session " + session->first + " was idle for more than " +
                FormatDuration(limits_.idle) + " and is dropped");
      Retire(session);
    }
    session = next;
  }
}

void Sessions::RetireOldest() {
  const auto oldest = std::ranges::min_element(
      sessions_, {}, [](const auto& entry) { return entry.second->last_use(); });
  if (oldest == sessions_.end()) return;
  log_.Warning("there are " + std::to_string(limits_.sessions) +
               " sessions, the most there may be; " + oldest->first +
               ", which was idle longest, is dropped");
  ++retired_.sessions;
  Retire(oldest);
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
