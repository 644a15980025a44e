#include "session/calendar.h"

#include <algorithm>

namespace mockduit {

double Ongoing::ShareOfNextStage() const { return at_ending() ? 1 : lifecycle->stages[stage].at; }

Time Ongoing::Due() const {
  if (by_polls()) return Time::max();
  const double wait = ShareOfNextStage() * static_cast<double>(takes.count());
  return begun + Duration(static_cast<Duration::rep>(wait));
}

bool Ongoing::DueByPolls() const {
  return by_polls() &&
         static_cast<double>(polls) >= ShareOfNextStage() * static_cast<double>(after_polls);
}

bool Ongoing::IsSeenBy(std::string_view kind, std::string_view id_looked_at,
                       const Store& store) const {
  if (lifecycle->kind == kind) return id_looked_at.empty() || id == id_looked_at;
  for (const Lifecycle::Watched& watched : lifecycle->watched) {
    if (watched.kind != kind) continue;
    const auto resource = store.Find(lifecycle->kind, id);
    return id_looked_at.empty() || (resource && IdOf(*resource, watched.member) == id_looked_at);
  }
  return false;
}

std::string Calendar::KeyOf(std::string_view lifecycle, std::string_view id) {
  return std::string(lifecycle) + ' ' + std::string(id);
}

void Calendar::Add(Ongoing ongoing) {
  Remove(ongoing.lifecycle->name, ongoing.id);
  std::string key = KeyOf(ongoing.lifecycle->name, ongoing.id);
  const Time due = ongoing.Due();
  by_key_.emplace(std::move(key), by_due_.emplace(due, std::move(ongoing)));
}

Ongoing Calendar::Take(ByDue::iterator place) {
  by_key_.erase(KeyOf(place->second.lifecycle->name, place->second.id));
  return std::move(by_due_.extract(place).mapped());
}

void Calendar::Remove(std::string_view lifecycle, std::string_view id) {
  const auto found = by_key_.find(KeyOf(lifecycle, id));
  if (found != by_key_.end()) Take(found->second);
}

void Calendar::RemoveResource(std::string_view kind, std::string_view id) {
  if (empty()) return;
  std::vector<std::string> lifecycles;
  for (const auto& [due, ongoing] : by_due_) {
    if (ongoing.id == id && ongoing.lifecycle->kind == kind) {
      lifecycles.push_back(ongoing.lifecycle->name);
    }
  }
  for (const std::string& lifecycle : lifecycles) Remove(lifecycle, id);
}

std::optional<Ongoing> Calendar::TakeDue(Time until) {
  if (empty() || by_due_.begin()->first > until) return std::nullopt;
  return Take(by_due_.begin());
}

std::vector<Ongoing> Calendar::TakePolled(std::string_view kind, std::string_view id,
                                          const Store& store) {
  std::vector<Ongoing> due;
  // Those that go by polls stand at the end of time.
  for (auto next = by_due_.lower_bound(Time::max()); next != by_due_.end();) {
    const auto place = next++;
    if (!place->second.IsSeenBy(kind, id, store)) continue;
    ++place->second.polls;
    if (place->second.DueByPolls()) due.push_back(Take(place));
  }
  return due;
}

bool Calendar::IsOngoing(std::string_view kind, std::string_view id, const Store& store) const {
  return std::ranges::any_of(
      by_due_, [&](const auto& entry) { return entry.second.IsSeenBy(kind, id, store); });
}

void Calendar::Clear() {
  by_due_.clear();
  by_key_.clear();
}

Json Calendar::Save() const {
  Json list = Json::MakeArray();
  for (const auto& [due, ongoing] : by_due_) {
    list.Append(Json::MakeObject({{"lifecycle", ongoing.lifecycle->name},
                                  {"edition", ongoing.lifecycle->edition},
                                  {"process", ongoing.process_id},
                                  {"scenario", ongoing.scenario ? ongoing.scenario->name : ""},
                                  {"id", ongoing.id},
                                  {"takes", FormatDuration(ongoing.takes)},
                                  {"ends", ongoing.ending},
                                  {"error", ongoing.error},
                                  {"begun", FormatMicros(ongoing.begun)},
                                  {"step", ongoing.stage},
                                  {"after_polls", ongoing.after_polls},
                                  {"polls", ongoing.polls}}));
  }
  return list;
}

Result<void> Calendar::Restore(const Json& saved, const Catalog& catalog,
                               const ScenarioLibrary& scenarios) {
  if (!saved.IsArray()) return Fail("it must be a list");
  Clear();
  for (const Json& json : *saved.IfArray()) {
    Ongoing ongoing{.lifecycle = catalog.FindLifecycle(json.Get("lifecycle").AsString(),
                                                       json.Get("edition").AsString()),
                    .scenario = scenarios.Find(json.Get("scenario").AsString()),
                    .id = std::string(json.Get("id").AsString()),
                    .process_id = std::string(json.Get("process").AsString()),
                    .ending = std::string(json.Get("ends").AsString()),
                    .error = json.Get("error")};
    const auto takes = ParseDuration(json.Get("takes").AsString());
    const auto begun = ParseTime(json.Get("begun").AsString());
    if (!takes) return Fail("takes: " + takes.error().message);
    if (!begun) return Fail("begun: " + begun.error().message);
    if (ongoing.lifecycle == nullptr) continue;
    if (ongoing.lifecycle->FindEnding(ongoing.ending) == nullptr) ongoing.ending.clear();
    ongoing.after_polls = static_cast<std::uint64_t>(json.Get("after_polls").AsInteger());
    ongoing.polls = static_cast<std::uint64_t>(json.Get("polls").AsInteger());
    ongoing.takes = *takes;
    ongoing.begun = *begun;
    ongoing.stage = std::min<std::size_t>(static_cast<std::size_t>(json.Get("step").AsInteger()),
                                          ongoing.lifecycle->stages.size());
    Add(std::move(ongoing));
  }
  return {};
}

}  // namespace mockduit
