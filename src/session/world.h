// World: what happens in a session besides answers: steps change its resources, begin and stop what
// goes on by itself, and tell of events.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "contract/step.h"
#include "scenario/scenario.h"
#include "session/outbox.h"
#include "session/store.h"

namespace mockduit {

class Processes;

// The parts of one session, at one time. Its lock is held.
struct World {
  Store& store;
  Ids& ids;
  Processes& processes;
  Outbox& outbox;
  Time now{};
  const Scenario* scenario = nullptr;  // says how lifecycles go; nullptr: as usual
};

struct StoredResource {
  std::string id;
  Json json;
};

// Adds to a scope what templates call {{result}}, {{found.kind}} and {{made.kind}}.
class WorldScope : public Scope {
 public:
  explicit WorldScope(Scope& under) : under_(under) {}

  Json Value(const Hole& hole) override;

  Json result;
  void Find(const std::string& kind, Json resource);
  void Make(const std::string& kind, const Json& resource);

 private:
  Scope& under_;
  std::map<std::string, Json, std::less<>> found_;  // by short kind
  std::map<std::string, Json, std::less<>> made_;
};

// The resources that `which` names, oldest first.
std::vector<StoredResource> Select(const Which& which, Scope& scope, const World& world);

// Whose steps they are: the resource that `set` changes.
struct Subject {
  std::string kind;
  std::string id;
};

// Does the steps, in order. Leaves the subject as it then stands in `scope.result`.
void Happen(const Steps& steps, const Subject& subject, WorldScope& scope, World& world);

}  // namespace mockduit
