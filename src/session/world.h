// What happens in a session besides answers: steps change its resources, begin and stop what
// goes on by itself, and tell of events.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "contract/language/step.h"
#include "scenario/scenario.h"
#include "session/exchange.h"
#include "session/outbox.h"
#include "session/store.h"

namespace mockduit {

class Processes;

// The parts of one session, at one time. Its lock is held.
struct WorldParts {
  Store& store;
  Ids& ids;
  Processes& processes;
  Outbox& outbox;
  Time now{};
  std::shared_ptr<const Scenario> scenario;  // says how lifecycles go; nullptr: as usual
};

struct StoredResource {
  std::string id;
  Json json;
};

// What templates call {{result}}, {{found.kind}} and {{made.kind}}.
struct Known {
  Json result;
  std::map<std::string, Json, std::less<>> found;  // by short kind
  std::map<std::string, Json, std::less<>> made;   // lists of what steps made
  bool going_on = false;                           // what was looked at still moves by itself
  std::optional<PageTold> page;                    // of a list

  // Nothing when the hole asks for none of them, or for a kind that is not known.
  std::optional<Json> Value(const Hole& hole) const;
};

// Adds that to a scope.
class WorldScope : public Scope {
 public:
  explicit WorldScope(Scope& under) : under_(under) {}

  Json Value(const Hole& hole) override;
  void Find(const std::string& kind, Json resource);
  void Make(const std::string& kind, const Json& resource);

  Known known;

 private:
  Scope& under_;
};

// The resources that `which` names, oldest first.
std::vector<StoredResource> Select(const Which& which, Scope& scope, const WorldParts& world);

// Whose steps they are: the resource that `set` changes.
struct Subject {
  std::string kind;
  std::string id;
};

// Does the steps, in order. Leaves the subject as it then stands in `scope.known.result`.
void Happen(const Steps& steps, const Subject& subject, WorldScope& scope, WorldParts& world);

}  // namespace mockduit
