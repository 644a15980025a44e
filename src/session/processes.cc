#include "session/processes.h"

#include <algorithm>

namespace mockduit {
namespace {

// What a step's holes are filled from.
class StepScope : public Scope {
 public:
  StepScope(Time at, const Json& resource, const Json& error, Ids& ids)
      : at_(at), resource_(resource), error_(error), ids_(ids) {}

  Json Value(const Hole& hole) override {
    switch (hole.root) {
      case Root::kResult: {
        const Json* found = resource_.AtPath(hole.path);
        return found != nullptr ? *found : Json();
      }
      case Root::kError: return error_;
      case Root::kUuid4: return ids_.Uuid4();
      default: return TimeValue(hole.root, at_ + hole.offset);
    }
  }

 private:
  Time at_;
  const Json& resource_;
  const Json& error_;
  Ids& ids_;
};

}  // namespace

Time Processes::Process::Due() const {
  const double share = step < lifecycle->steps.size() ? lifecycle->steps[step].at : 1;
  return begun + Duration(static_cast<Duration::rep>(share * static_cast<double>(takes.count())));
}

void Processes::Begin(std::shared_ptr<const Lifecycle> lifecycle, std::string id,
                      const Course& course, Time now) {
  const Lifecycle::Ending* ending = lifecycle->FindEnding(course.ends);
  Process process{
      .lifecycle = std::move(lifecycle), .id = std::move(id), .error = {}, .begun = now};
  process.takes = course.takes.value_or(process.lifecycle->takes);
  process.ends = ending != nullptr ? ending->name : process.lifecycle->endings.front().name;
  if (!course.error.empty()) process.error = course.error;
  Add(std::move(process));
}

void Processes::Add(Process process) {
  const Time due = process.Due();
  processes_.emplace(due, std::move(process));
}

void Processes::Advance(Time now, Store& store, Ids& ids) {
  while (!processes_.empty() && processes_.begin()->first <= now) {
    auto node = processes_.extract(processes_.begin());
    const Time due = node.key();
    Process& process = node.mapped();
    const Lifecycle& lifecycle = *process.lifecycle;
    const bool ends = process.step == lifecycle.steps.size();
    const JsonTemplate& set =
        ends ? lifecycle.FindEnding(process.ends)->set : lifecycle.steps[process.step].set;
    const auto resource = store.Find(lifecycle.kind, process.id);
    if (!resource) continue;
    StepScope scope(due, *resource, process.error, ids);
    Json moved = *resource;
    moved.MergePatch(set.Value(scope));
    store.Put(lifecycle.kind, process.id, moved);
    if (ends) continue;
    ++process.step;
    Add(std::move(process));
  }
}

Json Processes::Save() const {
  Json list = Json::MakeArray();
  for (const auto& [due, process] : processes_) {
    list.Append(Json::MakeObject({{"lifecycle", process.lifecycle->name},
                                  {"id", process.id},
                                  {"takes", FormatDuration(process.takes)},
                                  {"ends", process.ends},
                                  {"error", process.error},
                                  {"begun", FormatMicros(process.begun)},
                                  {"step", process.step}}));
  }
  return list;
}

Result<void> Processes::Restore(const Json& saved, const Catalog& catalog) {
  if (!saved.IsArray()) return Fail("it must be a list");
  processes_.clear();
  for (const Json& json : *saved.IfArray()) {
    Process process{.lifecycle = catalog.FindLifecycle(json.Get("lifecycle").AsString()),
                    .id = std::string(json.Get("id").AsString()),
                    .ends = std::string(json.Get("ends").AsString()),
                    .error = json.Get("error")};
    const auto takes = ParseDuration(json.Get("takes").AsString());
    const auto begun = ParseTime(json.Get("begun").AsString());
    if (!takes) return Fail("takes: " + takes.error().message);
    if (!begun) return Fail("begun: " + begun.error().message);
    if (process.lifecycle == nullptr) continue;
    if (process.lifecycle->FindEnding(process.ends) == nullptr) process.ends.clear();
    process.takes = *takes;
    process.begun = *begun;
    process.step = std::min<std::size_t>(static_cast<std::size_t>(json.Get("step").AsInteger()),
                                         process.lifecycle->steps.size());
    Add(std::move(process));
  }
  return {};
}

}  // namespace mockduit
