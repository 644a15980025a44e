// ScenarioLibrary: the scenarios a server knows, by name. Any thread may use it.
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/memory_account.h"
#include "base/mutex.h"
#include "contract/catalog.h"
#include "scenario/play_extension.h"
#include "scenario/scenario.h"

namespace mockduit {

class ScenarioLibrary {
 public:
  // The extensions are those of all vendors.
  explicit ScenarioLibrary(PlayExtensions extensions = {}) : extensions_(std::move(extensions)) {}

  // Reads a scenario as Load does, without taking it in.
  Read<std::shared_ptr<const Scenario>> ReadText(const TextFile& file,
                                                 const Catalog& catalog) const;

  struct Loaded {
    std::vector<Problem> problems;
    std::vector<std::string> changed;  // the scenarios that are new, different or gone
    // Of scenarios inside, which ask for what the contracts in the place of others do not have.
    std::vector<Problem> unfit;
  };
  // Takes the scenarios of the files, in place of those of the last load; of two with the same name
  // the later file's. A broken file is left out, with its problems; what it said before it broke
  // stays. A scenario that has not changed stays the same object.
  Loaded Load(const std::vector<TextFile>& files, const Catalog& catalog);

  struct Outdated {
    std::vector<Problem> problems;
    std::vector<std::string> names;  // of the scenarios that have them
  };
  // What is wrong with the scenarios, put ones too, now that `catalog` says what the contracts
  // document. They stay as they are.
  Outdated FindOutdated(const Catalog& catalog) const;

  // Adds a scenario, or replaces the one of its name. False, and nothing is done, when all that
  // were put, and not loaded from files, would hold more than `most` bytes with it.
  bool Put(std::shared_ptr<const Scenario> scenario,
           std::size_t most = std::numeric_limits<std::size_t>::max());
  // What those hold counts there from now on.
  void SetAccount(std::shared_ptr<MemoryAccount> account);
  // False when there is none of that name.
  bool Remove(std::string_view name);
  // nullptr when there is none of that name.
  std::shared_ptr<const Scenario> Find(std::string_view name) const;
  std::vector<std::shared_ptr<const Scenario>> List() const;  // by name
  std::vector<std::string> Names() const;

 private:
  // What the scenario of that name holds, where it was put.
  std::size_t BytesPut(std::string_view name) const REQUIRES_SHARED(mutex_);

  const PlayExtensions extensions_;
  using Map = std::map<std::string, std::shared_ptr<const Scenario>, std::less<>>;

  mutable SharedMutex mutex_;
  Map scenarios_ GUARDED_BY(mutex_);
  Map loaded_ GUARDED_BY(mutex_);  // those that files gave
  MemoryShare put_ GUARDED_BY(mutex_);
};

}  // namespace mockduit
