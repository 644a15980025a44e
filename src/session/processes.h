// Processes: what goes on in a session by itself, on the session's clock: resources that move
// through their lifecycles. Not thread-safe: the session's lock guards it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "contract/catalog.h"
#include "contract/lifecycle.h"
#include "scenario/scenario.h"
#include "session/store.h"

namespace mockduit {

class Processes {
 public:
  // The resource of that id in the store begins to move.
  void Begin(std::shared_ptr<const Lifecycle> lifecycle, std::string id, const Course& course,
             Time now);
  // Does everything that is due by now, in the order in which it was due, each at its own time. A
  // resource that is gone moves no more.
  void Advance(Time now, Store& store, Ids& ids);
  bool empty() const { return processes_.empty(); }
  void Clear() { processes_.clear(); }

  // All of it, to be kept and taken up again. A lifecycle that `catalog` no longer has is left out.
  Json Save() const;
  Result<void> Restore(const Json& saved, const Catalog& catalog);

 private:
  struct Process {
    std::shared_ptr<const Lifecycle> lifecycle;
    std::string id;
    Duration takes{};
    std::string ends;  // the ending's name
    Json error;
    Time begun{};
    std::size_t step = 0;  // that comes next; past the last one comes the end

    Time Due() const;
  };

  void Add(Process process);

  std::multimap<Time, Process> processes_;  // by when they are due; of equals the first one first
};

}  // namespace mockduit
