// Processes: what goes on in a session by itself, on the session's clock or by the number of looks
// at it: resources that move through their lifecycles. Not thread-safe: the session's lock guards
// it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "contract/catalog.h"
#include "contract/language/lifecycle.h"
#include "scenario/library.h"
#include "session/world.h"

namespace mockduit {

class Processes {
 public:
  // The resource of that id in the store begins to move, anew where it moves already. What is due
  // at once happens now.
  void Begin(std::shared_ptr<const Lifecycle> lifecycle, const std::string& id,
             const Course& course, WorldParts& world);
  // It moves no more. Nothing happens when it does not move.
  void Stop(std::string_view lifecycle, std::string_view id);
  // Does everything that is due by `world.now`, in the order in which it was due, each at its own
  // time. A resource that is gone moves no more.
  void Advance(WorldParts& world);
  // The resource of that id was looked at, or ("") all of its kind: what goes on by the number of
  // polls goes on.
  void Polled(std::string_view kind, std::string_view id, WorldParts& world);
  // Does the resource of that id move, or ("") any of its kind, so that who looks at it waits for
  // something?
  bool GoesOn(std::string_view kind, std::string_view id, const Store& store) const;
  bool empty() const { return processes_.empty(); }
  void Clear();

  // All of it, to be kept and taken up again. A lifecycle that `catalog` no longer has is left out.
  Json Save() const;
  Result<void> Restore(const Json& saved, const Catalog& catalog, const ScenarioLibrary& scenarios);

 private:
  struct Process {
    std::shared_ptr<const Lifecycle> lifecycle;
    std::shared_ptr<const Scenario> scenario;  // by which goes what it begins
    std::string id;                            // of the resource
    std::string own;                           // the process's own id; "" until somebody asks
    Duration takes{};
    std::string ends;  // the ending's name
    Json error;
    Time begun{};
    std::size_t stage = 0;          // that comes next; past the last one comes the end
    std::uint64_t after_polls = 0;  // 0: it goes by the time
    std::uint64_t polls = 0;

    double Share() const;  // of the whole way, where the next stage stands
    // By the time; never, where it goes by polls.
    Time Due() const;
    bool DueByPolls() const;
    // Is a look at the resource of that id, or ("") at all of its kind, a look at this?
    bool IsSeenBy(std::string_view kind, std::string_view id_looked_at, const Store& store) const;
    std::string Key() const;
  };
  using Entry = std::multimap<Time, Process>::node_type;

  void Add(Process process);
  Entry Take(std::multimap<Time, Process>::iterator process);
  // Does the next stage, at that time; the process goes on, unless it has ended.
  void Do(Process process, Time at, WorldParts& world);

  std::multimap<Time, Process> processes_;  // by when they are due; of equals the first one first
  std::unordered_map<std::string, Time> due_;  // the same, by Key()
};

}  // namespace mockduit
