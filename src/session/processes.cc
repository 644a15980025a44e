#include "session/processes.h"

#include <algorithm>
#include <vector>

namespace mockduit {
namespace {

// What the holes of a stage are filled from, beneath what the world adds.
class StageScope : public Scope {
 public:
  StageScope(Time at, const Json& error, std::string& own, Ids& ids)
      : at_(at), error_(error), own_(own), ids_(ids) {}

  Json Value(const Hole& hole) override {
    if (hole.root == Root::kError) return error_;
    if (hole.root == Root::kProcessId) {
      if (own_.empty()) own_ = ids_.Uuid4();
      return own_;
    }
    auto drawn = DrawnValue(hole.root, ids_, at_);
    return drawn ? std::move(*drawn) : TimeValue(hole.root, at_ + hole.offset);
  }

 private:
  Time at_;
  const Json& error_;
  std::string& own_;
  Ids& ids_;
};

std::string KeyOf(std::string_view lifecycle, std::string_view id) {
  return std::string(lifecycle) + ' ' + std::string(id);
}

}  // namespace

double Processes::Process::Share() const {
  return stage < lifecycle->stages.size() ? lifecycle->stages[stage].at : 1;
}

Time Processes::Process::Due() const {
  if (after_polls > 0) return Time::max();
  return begun + Duration(static_cast<Duration::rep>(Share() * static_cast<double>(takes.count())));
}

bool Processes::Process::DueByPolls() const {
  return after_polls > 0 &&
         static_cast<double>(polls) >= Share() * static_cast<double>(after_polls);
}

bool Processes::Process::IsSeenBy(std::string_view kind, std::string_view id_looked_at,
                                  const Store& store) const {
  if (lifecycle->kind == kind) return id_looked_at.empty() || id == id_looked_at;
  for (const Lifecycle::Watched& watched : lifecycle->watched) {
    if (watched.kind != kind) continue;
    const auto resource = store.Find(lifecycle->kind, id);
    return id_looked_at.empty() || (resource && IdOf(*resource, watched.member) == id_looked_at);
  }
  return false;
}

std::string Processes::Process::Key() const { return KeyOf(lifecycle->name, id); }

void Processes::Begin(std::shared_ptr<const Lifecycle> lifecycle, const std::string& id,
                      const Course& course, WorldParts& world) {
  Stop(lifecycle->name, id);
  const Lifecycle::Ending* ending = lifecycle->FindEnding(course.ends);
  if (ending == nullptr) ending = &lifecycle->endings.front();
  Process process{.lifecycle = std::move(lifecycle),
                  .scenario = world.scenario,
                  .id = id,
                  .error = {},
                  .begun = world.now};
  process.takes = course.takes.value_or(process.lifecycle->takes);
  process.ends = ending->name;
  if (!course.error.empty()) process.error = course.error;
  process.after_polls = course.after_polls;
  const bool at_once = process.Due() <= world.now || process.DueByPolls();
  if (at_once) return Do(std::move(process), world.now, world);
  Add(std::move(process));
}

void Processes::Stop(std::string_view lifecycle, std::string_view id) {
  const auto due = due_.find(KeyOf(lifecycle, id));
  if (due == due_.end()) return;
  const auto [begin, end] = processes_.equal_range(due->second);
  const auto process = std::find_if(begin, end, [&](const auto& entry) {
    return entry.second.id == id && entry.second.lifecycle->name == lifecycle;
  });
  if (process != end) Take(process);
}

void Processes::Clear() {
  processes_.clear();
  due_.clear();
}

void Processes::Add(Process process) {
  const Time due = process.Due();
  due_[process.Key()] = due;
  processes_.emplace(due, std::move(process));
}

Processes::Entry Processes::Take(std::multimap<Time, Process>::iterator process) {
  due_.erase(process->second.Key());
  return processes_.extract(process);
}

void Processes::Advance(WorldParts& world) {
  const Time until = world.now;
  while (!processes_.empty() && processes_.begin()->first <= until) {
    Entry entry = Take(processes_.begin());
    Do(std::move(entry.mapped()), entry.key(), world);
  }
  world.now = until;
}

void Processes::Polled(std::string_view kind, std::string_view id, WorldParts& world) {
  std::vector<Process> polled;
  for (auto next = processes_.lower_bound(Time::max()); next != processes_.end();) {
    const auto process = next++;
    if (process->second.IsSeenBy(kind, id, world.store))
      polled.push_back(std::move(Take(process).mapped()));
  }
  for (Process& process : polled) {
    ++process.polls;
    if (process.DueByPolls()) {
      Do(std::move(process), world.now, world);
    } else {
      Add(std::move(process));
    }
  }
}

bool Processes::GoesOn(std::string_view kind, std::string_view id, const Store& store) const {
  return std::ranges::any_of(
      processes_, [&](const auto& entry) { return entry.second.IsSeenBy(kind, id, store); });
}

void Processes::Do(Process process, Time at, WorldParts& world) {
  const std::shared_ptr<const Lifecycle> lifecycle = process.lifecycle;
  const bool ends = process.stage == lifecycle->stages.size();
  const Lifecycle::Ending* ending = ends ? lifecycle->FindEnding(process.ends) : nullptr;
  const Patch& patch = ends ? ending->patch : lifecycle->stages[process.stage].patch;
  const Steps& then = ends ? ending->then : lifecycle->stages[process.stage].then;
  auto resource = world.store.Find(lifecycle->kind, process.id);
  if (!resource) return;
  world.now = at;
  world.scenario = process.scenario;
  const Subject subject{lifecycle->kind, process.id};
  StageScope under(at, process.error, process.own, world.ids);
  WorldScope scope(under);
  scope.known.result = *resource;
  patch.Apply(*resource, scope);
  world.store.Put(subject.kind, subject.id, *resource);
  scope.known.result = std::move(*resource);
  Happen(then, subject, scope, world);
  if (ends) return;
  ++process.stage;
  if (process.DueByPolls()) return Do(std::move(process), at, world);
  Add(std::move(process));
}

Json Processes::Save() const {
  Json list = Json::MakeArray();
  for (const auto& [due, process] : processes_) {
    list.Append(Json::MakeObject({{"lifecycle", process.lifecycle->name},
                                  {"edition", process.lifecycle->edition},
                                  {"process", process.own},
                                  {"scenario", process.scenario ? process.scenario->name : ""},
                                  {"id", process.id},
                                  {"takes", FormatDuration(process.takes)},
                                  {"ends", process.ends},
                                  {"error", process.error},
                                  {"begun", FormatMicros(process.begun)},
                                  {"step", process.stage},
                                  {"after_polls", process.after_polls},
                                  {"polls", process.polls}}));
  }
  return list;
}

Result<void> Processes::Restore(const Json& saved, const Catalog& catalog,
                                const ScenarioLibrary& scenarios) {
  if (!saved.IsArray()) return Fail("it must be a list");
  Clear();
  for (const Json& json : *saved.IfArray()) {
    Process process{.lifecycle = catalog.FindLifecycle(json.Get("lifecycle").AsString(),
                                                       json.Get("edition").AsString()),
                    .scenario = scenarios.Find(json.Get("scenario").AsString()),
                    .id = std::string(json.Get("id").AsString()),
                    .own = std::string(json.Get("process").AsString()),
                    .ends = std::string(json.Get("ends").AsString()),
                    .error = json.Get("error")};
    const auto takes = ParseDuration(json.Get("takes").AsString());
    const auto begun = ParseTime(json.Get("begun").AsString());
    if (!takes) return Fail("takes: " + takes.error().message);
    if (!begun) return Fail("begun: " + begun.error().message);
    if (process.lifecycle == nullptr) continue;
    if (process.lifecycle->FindEnding(process.ends) == nullptr) process.ends.clear();
    process.after_polls = static_cast<std::uint64_t>(json.Get("after_polls").AsInteger());
    process.polls = static_cast<std::uint64_t>(json.Get("polls").AsInteger());
    process.takes = *takes;
    process.begun = *begun;
    process.stage = std::min<std::size_t>(static_cast<std::size_t>(json.Get("step").AsInteger()),
                                          process.lifecycle->stages.size());
    Add(std::move(process));
  }
  return {};
}

}  // namespace mockduit
