// What each step of an effect or a lifecycle does to a world.
#include "session/world.h"

namespace mockduit {

// One step that is being done.
class World::StepOnWorld {
 public:
  StepOnWorld(const Step& step, const Subject& subject, FactsScope& scope, World& world,
              const Moment& moment)
      : step_(step), subject_(subject), scope_(scope), world_(world), moment_(moment) {}

  bool IsDue() const {
    return step_.when.Holds(scope_) && (!step_.if_there || IsThere(*step_.if_there)) &&
           !(step_.unless_there && IsThere(*step_.unless_there));
  }

  void Do() const {
    switch (step_.does) {
      case Step::Does::kSet: return ChangeSubject();
      case Step::Does::kUpdate: return Update();
      case Step::Does::kCreate: return Create();
      case Step::Does::kDelete: return Delete();
      case Step::Does::kEach: return DoEach();
      case Step::Does::kBegin: return Begin();
      case Step::Does::kStop: return Stop();
      case Step::Does::kEmit: return Emit();
    }
  }

 private:
  bool IsThere(const Which& which) const { return world_.IsThere(which, scope_); }

  void ChangeSubject() const {
    auto resource = world_.store_.Find(subject_.kind, subject_.id);
    if (!resource) return;
    step_.patch.Apply(*resource, scope_);
    if (!scope_.overspent()) world_.Put(subject_.kind, subject_.id, *resource);
  }

  void Update() const {
    for (StoredResource& resource : world_.Select(step_.which, scope_)) {
      step_.patch.Apply(resource.json, scope_);
      if (scope_.overspent()) return;
      world_.Put(step_.which.kind, resource.id, resource.json);
    }
  }

  void Create() const {
    Json resource = step_.resource.Value(scope_);
    if (scope_.overspent()) return;
    std::string id = step_.which.by ? step_.which.by->Text(scope_) : IdOf(resource, step_.id);
    scope_.AddFound(step_.which.kind, resource);
    scope_.AddMade(step_.which.kind, resource);
    world_.Put(step_.which.kind, std::move(id), resource);
  }

  void Delete() const {
    for (const StoredResource& resource : world_.Select(step_.which, scope_)) {
      world_.Remove(step_.which.kind, resource.id);
    }
  }

  void DoEach() const {
    for (StoredResource& resource : world_.Select(step_.which, scope_)) {
      if (world_.MustStop(scope_)) break;
      scope_.AddFound(step_.which.kind, std::move(resource.json));
      world_.Do(step_.then, subject_, scope_, moment_);
    }
  }

  // The id of the resource that begins or stops.
  std::string Of() const { return step_.which.by ? step_.which.by->Text(scope_) : subject_.id; }

  void Begin() const {
    const auto lifecycle = step_.lifecycle.lock();
    if (lifecycle == nullptr) return;
    const bool by_contract = step_.unscripted || moment_.scenario == nullptr;
    Course course = by_contract ? Course() : moment_.scenario->CourseOf(lifecycle->name);
    if (course.ends_in_turn.size() > 1) course.ends = world_.NextEnd(course, Of());
    const auto until = step_.until ? ParseTime(step_.until->Text(scope_)) : Fail("");
    if (until && !course.takes) course.takes = std::max(*until - moment_.now, Duration());
    world_.Begin(lifecycle, Of(), course, moment_);
  }

  void Stop() const {
    if (const auto lifecycle = step_.lifecycle.lock()) world_.Stop(lifecycle->name, Of());
  }

  void Emit() const {
    if (step_.webhooks == nullptr) return;
    world_.outbox_.Emit(step_.webhooks, step_.event.Text(scope_), step_.resource.Value(scope_),
                        scope_, world_.store_, moment_.now);
  }

  const Step& step_;
  const Subject& subject_;
  FactsScope& scope_;
  World& world_;
  const Moment& moment_;
};

std::optional<std::string> World::Do(const Steps& steps, const Subject& subject, FactsScope& scope,
                                     const Moment& moment) {
  if (steps.empty()) return std::nullopt;
  const Work work(*this);
  for (const Step& step : steps) {
    ++work_;
    if (MustStop(scope)) break;
    const StepOnWorld doing(step, subject, scope, *this, moment);
    if (!doing.IsDue()) continue;
    const std::uint64_t before = store_.ChangeOf(subject.kind, subject.id);
    doing.Do();
    if (store_.ChangeOf(subject.kind, subject.id) == before) continue;  // it has left it as it was
    if (auto now = store_.Find(subject.kind, subject.id)) scope.facts.result = std::move(*now);
  }
  return WhyStopped(subject, scope);
}

std::optional<std::string> World::WhyStopped(const Subject& subject, const Scope& scope) {
  if (!MustStop(scope)) return std::nullopt;
  const std::string what = scope.overspent()
                               ? "made more than " + std::to_string(kMaxStepBytes) + " bytes"
                               : "did more than " + std::to_string(kMaxWork) + " things";
  warning_ = "the steps of " + subject.kind + " '" + subject.id + "' were stopped: they " + what +
             " at once";
  return warning_;
}

}  // namespace mockduit
