#include "session/calendar.h"

#include <algorithm>

namespace mockduit {
namespace {

// Of an entry that CheckEntry found good.
std::string TextOf(const Json& json, std::string_view key) {
  return std::string(json.Get(key).AsString());
}
std::uint64_t CountOf(const Json& json, std::string_view key) {
  return static_cast<std::uint64_t>(json.Get(key).AsInteger());
}

// Holds every member of an entry of the state file against what Save writes. The error begins with
// the place in the entry: "/polls: …".
Result<void> CheckEntry(const Json& json) {
  if (!json.IsObject()) return Fail(": it must be an object");
  for (const char* key : {"lifecycle", "edition", "process", "scenario", "id", "ends"}) {
    if (!json.Get(key).IsString()) return Fail("/" + std::string(key) + ": it must be text");
  }
  for (const char* key : {"step", "after_polls", "polls"}) {
    const Json& count = json.Get(key);
    if (!count.IsInteger() || count.AsInteger(-1) < 0) {
      return Fail("/" + std::string(key) + ": it is no count");
    }
  }
  if (!json.Get("takes").IsString()) return Fail("/takes: it must be text");
  if (const auto takes = ParseDuration(json.Get("takes").AsString()); !takes) {
    return Fail("/takes: " + takes.error().message);
  }
  if (const auto begun = ParseTime(json.Get("begun").AsString()); !begun) {
    return Fail("/begun: " + begun.error().message);
  }
  return {};
}

}  // namespace

double Ongoing::ShareOfNextStage() const { return at_ending() ? 1 : lifecycle->stages()[stage].at; }

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
  for (const Lifecycle::Watched& watched : lifecycle->watched()) {
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
  ++changes_;
  Remove(ongoing.lifecycle->name, ongoing.id);
  std::string key = KeyOf(ongoing.lifecycle->name, ongoing.id);
  const Time due = ongoing.Due();
  const bool quiet = ongoing.lifecycle->quiet();
  const std::string id = ongoing.id;
  const auto place = by_due_.emplace(due, std::move(ongoing));
  by_key_.emplace(std::move(key), place);
  by_id_.emplace(id, place);
  if (!quiet) moving_.insert(&place->second);
}

Ongoing Calendar::Take(ByDue::iterator place) {
  ++changes_;
  by_key_.erase(KeyOf(place->second.lifecycle->name, place->second.id));
  moving_.erase(&place->second);
  const auto [first, last] = by_id_.equal_range(place->second.id);
  by_id_.erase(std::find_if(first, last, [&](const auto& one) { return one.second == place; }));
  return std::move(by_due_.extract(place).mapped());
}

void Calendar::Remove(std::string_view lifecycle, std::string_view id) {
  const auto found = by_key_.find(KeyOf(lifecycle, id));
  if (found != by_key_.end()) Take(found->second);
}

void Calendar::RemoveResource(std::string_view kind, std::string_view id) {
  if (empty()) return;
  std::vector<std::string> lifecycles;
  const auto [first, last] = by_id_.equal_range(std::string(id));
  for (auto one = first; one != last; ++one) {
    const Lifecycle& lifecycle = *one->second->second.lifecycle;
    if (lifecycle.kind == kind) lifecycles.push_back(lifecycle.name);
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
    ++changes_;
    ++place->second.polls;
    if (place->second.DueByPolls()) due.push_back(Take(place));
  }
  return due;
}

bool Calendar::IsOngoing(std::string_view kind, std::string_view id, const Store& store) const {
  return std::ranges::any_of(
      moving_, [&](const Ongoing* ongoing) { return ongoing->IsSeenBy(kind, id, store); });
}

void Calendar::Clear() {
  ++changes_;
  by_key_.clear();
  by_id_.clear();
  moving_.clear();
  by_due_.clear();
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
                               const ScenarioLibrary& scenarios, std::vector<std::string>& lost) {
  if (!saved.IsArray()) return Fail("it must be a list");
  Clear();
  for (std::size_t i = 0; i < saved.IfArray()->size(); ++i) {
    const Json& json = (*saved.IfArray())[i];
    if (const auto checked = CheckEntry(json); !checked) {
      return Fail(std::to_string(i) + checked.error().message);
    }
    const std::string id = TextOf(json, "id");
    const std::string name = TextOf(json, "lifecycle");
    Ongoing ongoing{.lifecycle = catalog.FindLifecycle(name, TextOf(json, "edition")),
                    .scenario = scenarios.Find(TextOf(json, "scenario")),
                    .id = id,
                    .process_id = TextOf(json, "process"),
                    .takes = *ParseDuration(TextOf(json, "takes")),
                    .ending = TextOf(json, "ends"),
                    .error = json.Get("error"),
                    .begun = *ParseTime(TextOf(json, "begun")),
                    .after_polls = CountOf(json, "after_polls"),
                    .polls = CountOf(json, "polls")};
    if (ongoing.lifecycle == nullptr) {
      lost.push_back("the lifecycle '" + name + "' of '" + id + "', which the contract of " +
                     TextOf(json, "edition") + " does not have");
      continue;
    }
    if (!ongoing.ending.empty() && ongoing.lifecycle->FindEnding(ongoing.ending) == nullptr) {
      lost.push_back("the ending '" + ongoing.ending + "' of the lifecycle '" + name + "' of '" +
                     id + "'; it ends without it");
      ongoing.ending.clear();
    }
    ongoing.stage =
        std::min<std::size_t>(CountOf(json, "step"), ongoing.lifecycle->stages().size());
    Add(std::move(ongoing));
  }
  return {};
}

}  // namespace mockduit
