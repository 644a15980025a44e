// Lifecycle: how something that takes a while goes on by itself: which resource moves, through
// which steps, to which ends. Contracts declare it; a scenario says how long it takes and how it
// ends.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/lazy.h"
#include "base/time.h"
#include "contract/language/step.h"

namespace mockduit {

struct LifecycleDetails {
  // What happens to the resource on the way, once a share of the time has passed.
  struct Stage {
    double at = 0;  // from 0 to 1; 0 is at once
    Patch patch;
    Steps then;
  };
  struct Ending {
    std::string name;  // "failed"
    Patch patch;
    Steps then;
    bool tells_error = false;  // it says somewhere what error a scenario gives
  };
  // A look at a resource of that kind is a look at the resources whose `member` is its id.
  struct Watched {
    std::string kind;
    std::string member;
  };

  Duration takes{};             // unless a scenario says otherwise
  std::vector<Stage> stages;    // in the order of their times
  std::vector<Ending> endings;  // the first is the usual one; never empty
  std::vector<Watched> watched;
  bool quiet = false;  // what is under way by it does not move: who looks waits for nothing
};

struct Lifecycle {
  using Stage = LifecycleDetails::Stage;
  using Ending = LifecycleDetails::Ending;
  using Watched = LifecycleDetails::Watched;

  std::string edition;                    // of the contract it stands in
  std::string name;                       // "acme.drying"
  std::string kind;                       // of the resource, in the store: "acme.box"
  std::vector<std::string> ending_names;  // of `endings`, in their order
  // Of a contract that is known to be right they are read when they are first asked for.
  Lazy<LifecycleDetails> details;

  Duration takes() const { return details.Get().takes; }
  const std::vector<Stage>& stages() const { return details.Get().stages; }
  const std::vector<Ending>& endings() const { return details.Get().endings; }
  const std::vector<Watched>& watched() const { return details.Get().watched; }
  bool quiet() const { return details.Get().quiet; }

  // nullptr when there is no such ending. "" is the usual one.
  const Ending* FindEnding(std::string_view ending) const;
};

}  // namespace mockduit
