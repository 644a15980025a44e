// Calendar: which resources of a world move through a lifecycle by themselves, and when each takes
// its next stage: by the time, or by the number of times that clients looked. A data structure: it
// changes no resource. The world asks what is due and does it (session/world.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "contract/catalog.h"
#include "contract/language/lifecycle.h"
#include "scenario/scenario_library.h"
#include "session/store.h"

namespace mockduit {

// One resource on its way through one lifecycle.
struct Ongoing {
  std::shared_ptr<const Lifecycle> lifecycle;
  std::shared_ptr<const Scenario> scenario;  // decides how the lifecycles that it begins go
  std::string id;                            // the resource's
  std::string process_id;                    // its own, {{process.id}}; "" until a template asks
  Duration takes{};
  std::string ending;  // the name of the ending that it comes to
  Json error;          // for the templates of that ending
  Time begun{};
  std::size_t stage = 0;          // the next one; past the last stage comes the ending
  std::uint64_t after_polls = 0;  // how many looks it takes in all; 0: it goes by the time
  std::uint64_t polls = 0;        // looks so far

  bool by_polls() const { return after_polls > 0; }
  bool at_ending() const { return stage >= lifecycle->stages().size(); }
  // When the next stage is due; never (Time::max) for one that goes by polls.
  Time Due() const;
  bool DueByPolls() const;
  // True when a look at the resource of that id, or ("") at all of its kind, is a look at this one.
  bool IsSeenBy(std::string_view kind, std::string_view id_looked_at, const Store& store) const;

 private:
  double ShareOfNextStage() const;  // of the whole way, from 0 to 1
};

class Calendar {
 public:
  // In place of what there is for the same lifecycle and resource.
  void Add(Ongoing ongoing);
  // Nothing happens when there is none.
  void Remove(std::string_view lifecycle, std::string_view id);
  // Every lifecycle that this resource moves through.
  void RemoveResource(std::string_view kind, std::string_view id);
  // The first one that is due by `until`, of equals the one added first; it is taken out.
  std::optional<Ongoing> TakeDue(Time until);
  // Counts a look at the resource of that id, or ("") at all of that kind, and takes out those
  // that are due by it.
  std::vector<Ongoing> TakePolled(std::string_view kind, std::string_view id, const Store& store);
  // True when the resource of that id moves, or ("") any of that kind: through a lifecycle that is
  // not quiet.
  bool IsOngoing(std::string_view kind, std::string_view id, const Store& store) const;
  bool empty() const { return by_due_.empty(); }
  std::size_t size() const { return by_due_.size(); }
  // Rises with every change.
  std::uint64_t changes() const { return changes_; }
  void Clear();

  // All of it, for the state file. Restore leaves out lifecycles that `catalog` no longer has, and
  // endings that a lifecycle no longer has, and says so in `lost`, a line each; its error names the
  // member that is wrong: "0/polls: …".
  Json Save() const;
  Result<void> Restore(const Json& saved, const Catalog& catalog, const ScenarioLibrary& scenarios,
                       std::vector<std::string>& lost);

 private:
  using ByDue = std::multimap<Time, Ongoing>;

  static std::string KeyOf(std::string_view lifecycle, std::string_view id);
  Ongoing Take(ByDue::iterator place);

  std::uint64_t changes_ = 0;
  ByDue by_due_;
  std::unordered_map<std::string, ByDue::iterator> by_key_;  // the same, by lifecycle and resource
  std::unordered_multimap<std::string, ByDue::iterator> by_id_;  // the same, by the resource's id
  std::unordered_set<const Ongoing*> moving_;                    // those that are not quiet
};

}  // namespace mockduit
