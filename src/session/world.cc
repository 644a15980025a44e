#include "session/world.h"

#include "session/processes.h"

namespace mockduit {
namespace {

Json At(const Json& json, std::string_view path) {
  const Json* found = json.AtPath(path);
  return found != nullptr ? *found : Json();
}

// "job.id" of {job: {id: …}}; nothing when there is no job.
std::optional<Json> AtNamed(const std::map<std::string, Json, std::less<>>& named,
                            std::string_view path) {
  const std::size_t dot = std::min(path.find('.'), path.size());
  const auto found = named.find(path.substr(0, dot));
  if (found == named.end()) return std::nullopt;
  return At(found->second, path.substr(std::min(dot + 1, path.size())));
}

bool IsThere(const std::optional<Which>& which, Scope& scope, const WorldParts& world) {
  return which && !Select(*which, scope, world).empty();
}

// One step on its way.
class Doing {
 public:
  Doing(const Step& step, const Subject& subject, WorldScope& scope, WorldParts& world)
      : step_(step), subject_(subject), scope_(scope), world_(world) {}

  bool IsDue() const {
    return step_.when.Holds(scope_) &&
           (!step_.if_there || IsThere(step_.if_there, scope_, world_)) &&
           !IsThere(step_.unless_there, scope_, world_);
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
  void ChangeSubject() const {
    auto resource = world_.store.Find(subject_.kind, subject_.id);
    if (!resource) return;
    step_.patch.Apply(*resource, scope_);
    world_.store.Put(subject_.kind, subject_.id, *resource);
  }

  void Update() const {
    for (StoredResource& resource : Select(step_.which, scope_, world_)) {
      step_.patch.Apply(resource.json, scope_);
      world_.store.Put(step_.which.kind, resource.id, resource.json);
    }
  }

  void Create() const {
    Json resource = step_.resource.Value(scope_);
    std::string id = step_.which.by ? step_.which.by->Text(scope_) : IdOf(resource, step_.id);
    scope_.Find(step_.which.kind, resource);
    scope_.Make(step_.which.kind, resource);
    world_.store.Put(step_.which.kind, std::move(id), resource);
  }

  void Delete() const {
    for (const StoredResource& resource : Select(step_.which, scope_, world_)) {
      world_.store.Remove(step_.which.kind, resource.id);
    }
  }

  void DoEach() const {
    for (StoredResource& resource : Select(step_.which, scope_, world_)) {
      scope_.Find(step_.which.kind, std::move(resource.json));
      Happen(step_.then, subject_, scope_, world_);
    }
  }

  std::string Of() const { return step_.which.by ? step_.which.by->Text(scope_) : subject_.id; }

  void Begin() const {
    const auto lifecycle = step_.lifecycle.lock();
    if (lifecycle == nullptr) return;
    const bool unscripted = step_.unscripted || world_.scenario == nullptr;
    Course course = unscripted ? Course() : world_.scenario->CourseOf(lifecycle->name);
    const auto until = step_.until ? ParseTime(step_.until->Text(scope_)) : Fail("");
    if (until && !course.takes) course.takes = std::max(*until - world_.now, Duration());
    world_.processes.Begin(lifecycle, Of(), course, world_);
  }

  void Stop() const {
    if (const auto lifecycle = step_.lifecycle.lock()) {
      world_.processes.Stop(lifecycle->name, Of());
    }
  }

  void Emit() const {
    if (step_.webhooks == nullptr) return;
    world_.outbox.Emit(step_.webhooks, step_.event, step_.resource.Value(scope_), scope_,
                       world_.store, world_.now);
  }

  const Step& step_;
  const Subject& subject_;
  WorldScope& scope_;
  WorldParts& world_;
};

}  // namespace

std::optional<Json> Known::Value(const Hole& hole) const {
  switch (hole.root) {
    case Root::kResult: return At(result, hole.path);
    case Root::kFound: return AtNamed(found, hole.path);
    case Root::kMade: return AtNamed(made, hole.path);
    default: return std::nullopt;
  }
}

Json WorldScope::Value(const Hole& hole) {
  auto value = known.Value(hole);
  return value ? std::move(*value) : under_.Value(hole);
}

void WorldScope::Find(const std::string& kind, Json resource) {
  known.found[ShortKind(kind)] = std::move(resource);
}

void WorldScope::Make(const std::string& kind, const Json& resource) {
  known.made[ShortKind(kind)].Append(resource);
}

std::vector<StoredResource> Select(const Which& which, Scope& scope, const WorldParts& world) {
  std::vector<StoredResource> selected;
  const Selection selection(which.where, scope);
  if (which.by) {
    std::string id = which.by->Text(scope);
    auto resource = world.store.Find(which.kind, id);
    if (resource && selection.Takes(*resource)) {
      selected.push_back({std::move(id), std::move(*resource)});
    }
    return selected;
  }
  world.store.Visit(which.kind, Store::Order::kOldestFirst,
                    [&](const std::string& id, const std::string& text) {
                      if (!selection.MayTake(text)) return true;
                      Json resource = Json::Parse(text).value_or(Json());
                      if (selection.Takes(resource)) selected.push_back({id, std::move(resource)});
                      return true;
                    });
  return selected;
}

void Happen(const Steps& steps, const Subject& subject, WorldScope& scope, WorldParts& world) {
  for (const Step& step : steps) {
    const Doing doing(step, subject, scope, world);
    if (!doing.IsDue()) continue;
    doing.Do();
    if (auto now = world.store.Find(subject.kind, subject.id)) scope.known.result = std::move(*now);
  }
}

}  // namespace mockduit
