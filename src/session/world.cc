#include "session/world.h"

#include <algorithm>

namespace mockduit {
namespace {

// What the templates of a stage know, beside the facts.
class StageScope : public Scope {
 public:
  StageScope(Time at, Ongoing& ongoing, Ids& ids) : at_(at), ongoing_(ongoing), ids_(ids) {}

  Json Value(const Hole& hole) override {
    if (hole.root == Root::kError) return ongoing_.error;
    if (hole.root == Root::kProcessId) {
      if (ongoing_.process_id.empty()) ongoing_.process_id = ids_.Uuid4();
      return ongoing_.process_id;
    }
    auto drawn = DrawnValue(hole.root, ids_, at_);
    return drawn ? std::move(*drawn) : TimeValue(hole.root, at_ + hole.offset);
  }
  bool Spend(std::size_t bytes) override { return budget_.Spend(bytes); }
  bool overspent() const override { return budget_.overspent(); }

 private:
  Time at_;
  Ongoing& ongoing_;
  Ids& ids_;
  Budget budget_{World::kMaxStepBytes};
};

}  // namespace

void World::Put(std::string_view kind, std::string id, const Json& resource) {
  for (const Store::Evicted& evicted : store_.Put(kind, std::move(id), resource)) {
    calendar_.RemoveResource(evicted.kind, evicted.id);
  }
}

void World::Remove(std::string_view kind, std::string_view id) {
  if (store_.Remove(kind, id)) calendar_.RemoveResource(kind, id);
}

std::vector<StoredResource> World::Select(const Which& which, Scope& scope, std::size_t most) {
  const Work work(*this);
  std::vector<StoredResource> selected;
  const Selection selection(which.where, scope);
  if (which.by) {
    std::string id = which.by->Text(scope);
    auto resource = store_.Find(which.kind, id);
    if (resource && selection.Takes(*resource)) {
      selected.push_back({std::move(id), std::move(*resource)});
    }
    return selected;
  }
  Visit(which.kind, Store::Order::kOldestFirst, selection,
        [&](const std::string& id, const std::string& text) {
          if (!selection.MayTake(text)) return true;
          if (++work_ > kMaxWork) return false;
          Json resource = Json::Parse(text).value_or(Json());
          if (selection.Takes(resource)) selected.push_back({id, std::move(resource)});
          return selected.size() < most;
        });
  return selected;
}

void World::Visit(std::string_view kind, Store::Order order, const Selection& selection,
                  const Store::Visitor& visit) {
  const auto exactly = selection.exactly();
  if (!exactly) return store_.Visit(kind, order, visit);
  store_.VisitWhere(kind, order, exactly->first, exactly->second, visit);
}

void World::Begin(const std::shared_ptr<const Lifecycle>& lifecycle, const std::string& id,
                  const Course& course, const Moment& moment) {
  calendar_.Remove(lifecycle->name, id);
  if (catching_up_ && !MayBegin(*lifecycle, id, moment.now)) return;
  const Lifecycle::Ending* ending = lifecycle->FindEnding(course.ends);
  Ongoing ongoing{.lifecycle = lifecycle,
                  .scenario = moment.scenario,
                  .id = id,
                  .takes = course.takes.value_or(lifecycle->takes()),
                  .ending = ending != nullptr ? ending->name : lifecycle->endings().front().name,
                  .error = course.error.empty() ? Json() : Json(course.error),
                  .begun = moment.now,
                  .after_polls = course.after_polls};
  const bool at_once = ongoing.Due() <= moment.now || ongoing.DueByPolls();
  if (at_once && depth_ < kMaxDepth) return Advance(std::move(ongoing), moment.now);
  calendar_.Add(std::move(ongoing));
}

std::string World::NextEnd(const Course& course, const std::string& id) {
  const std::uint64_t turn = turns_[course.lifecycle + " " + id]++;
  return course.ends_in_turn[std::min<std::size_t>(turn, course.ends_in_turn.size() - 1)];
}

Json World::SaveTurns() const {
  Json turns = Json::MakeObject();
  for (const auto& [run, count] : turns_) turns.Set(run, count);
  return turns;
}

Result<void> World::RestoreTurns(const Json& saved) {
  turns_.clear();
  if (saved.IsNull()) return {};  // files of earlier programs have none
  if (!saved.IsObject()) return Fail("turns: it must be an object");
  for (const JsonMember& turn : *saved.IfObject()) {
    if (!turn.value.IsInteger() || turn.value.AsInteger(-1) < 0) {
      return Fail("turns/" + turn.key + ": it is no count");
    }
    turns_[turn.key] = static_cast<std::uint64_t>(turn.value.AsInteger());
  }
  return {};
}

bool World::MayBegin(const Lifecycle& lifecycle, const std::string& id, Time now) {
  ++begun_;
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    in_second_ = 0;
  }
  if (++in_second_ <= most_in_a_second_) return true;
  warning_ = "the lifecycle " + lifecycle.name + " of '" + id +
             "' was stopped: lifecycles began each other more than " +
             std::to_string(most_in_a_second_) + " times within a second of the session's time";
  return false;
}

std::optional<std::string> World::TakeWarning() { return std::exchange(warning_, std::nullopt); }

std::optional<std::string> World::CatchUp(Time now) {
  const std::uint64_t ongoing_before = calendar_.size();
  if (ongoing_before == 0) return std::nullopt;
  const auto before = std::exchange(warning_, std::nullopt);
  catching_up_ = true;
  most_in_a_second_ = max_at_once_ / 10 + 10 * ongoing_before;
  begun_ = 0;
  caught_up_work_ = 0;
  second_ = {};
  in_second_ = 0;
  const std::uint64_t max_begun = max_at_once_ + 10 * ongoing_before;
  const std::uint64_t max_work = 5 * max_at_once_;
  std::optional<Ongoing> ongoing;
  while (begun_ < max_begun && caught_up_work_ < max_work && (ongoing = calendar_.TakeDue(now))) {
    const Time due = ongoing->Due();
    Advance(std::move(*ongoing), due);
  }
  catching_up_ = false;
  if (begun_ >= max_begun) {
    warning_ = "the session is behind its clock: more than " + std::to_string(begun_) +
               " lifecycles began at once; the rest is done with the next request";
  } else if (ongoing && caught_up_work_ >= max_work) {
    warning_ = "the session is behind its clock: what was due at once did more than " +
               std::to_string(max_work) + " things; the rest is done with the next request";
  }
  auto warning = warning_;
  if (!warning_) warning_ = before;
  return warning;
}

void World::LookedAt(std::string_view kind, std::string_view id, Time now) {
  if (calendar_.empty()) return;
  for (Ongoing& ongoing : calendar_.TakePolled(kind, id, store_)) Advance(std::move(ongoing), now);
}

void World::Advance(Ongoing ongoing, Time at) {
  ++depth_;
  do {
    const bool ends = ongoing.at_ending();
    if (!DoStage(ongoing, at) || ends) {
      --depth_;
      return;
    }
    ++ongoing.stage;
  } while (ongoing.DueByPolls());
  --depth_;
  calendar_.Add(std::move(ongoing));
}

bool World::DoStage(Ongoing& ongoing, Time at) {
  const Lifecycle& lifecycle = *ongoing.lifecycle;
  const Lifecycle::Ending* ending =
      ongoing.at_ending() ? lifecycle.FindEnding(ongoing.ending) : nullptr;
  const Patch& patch = ending != nullptr ? ending->patch : lifecycle.stages()[ongoing.stage].patch;
  const Steps& then = ending != nullptr ? ending->then : lifecycle.stages()[ongoing.stage].then;
  auto resource = store_.Find(lifecycle.kind, ongoing.id);
  if (!resource) return false;
  const Work work(*this);
  StageScope under(at, ongoing, ids_);
  FactsScope scope(under);
  scope.facts.result = *resource;
  patch.Apply(*resource, scope);
  if (WhyStopped({lifecycle.kind, ongoing.id}, scope)) return false;
  Put(lifecycle.kind, ongoing.id, *resource);
  scope.facts.result = std::move(*resource);
  Do(then, {lifecycle.kind, ongoing.id}, scope, {at, ongoing.scenario});
  return true;
}

void World::Restart(const Seeds& seeds, const Json& own) {
  store_.BeginWith(seeds.store());
  if (!own.IsNull()) store_.ReplaceKinds(own);
  NothingGoesOn();
}

void World::NothingGoesOn() {
  calendar_.Clear();
  outbox_.Clear();
  turns_.clear();
}

Result<void> World::ReplaceResources(const Json& snapshot) {
  if (auto replaced = store_.Replace(snapshot); !replaced) return replaced;
  NothingGoesOn();
  return {};
}

Result<void> World::Restore(const Ids& ids, const Json& store, const Json& calendar,
                            const Catalog& catalog, const ScenarioLibrary& scenarios,
                            std::vector<std::string>& lost) {
  ids_ = ids;
  if (const auto restored = store_.Replace(store); !restored) {
    return Fail("store: " + restored.error().message);
  }
  if (const auto restored = calendar_.Restore(calendar, catalog, scenarios, lost); !restored) {
    return Fail("processes" + std::string(calendar.IsArray() ? "/" : ": ") +
                restored.error().message);
  }
  return {};
}

}  // namespace mockduit
