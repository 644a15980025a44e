// ContractCalls: a call of every operation of the source tree's contracts, with the documented
// bodies, and of the control API. The mutator of call_fuzz takes from it what it puts into inputs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "fuzz/mutate.h"
#include "session/seeds.h"

namespace mockduit::fuzz {

// In a target or a body: the id that an answer showed last. The fuzzer puts it in.
inline constexpr std::string_view kLastId = "{}";

// What the built-in sessions begin with, but of each kind the first resources alone, and "stripe",
// which the documents' own requests name: a snapshot of all of them takes as long as fifty calls.
Seeds FewSeeds();

class ContractCalls {
 public:
  ContractCalls();

  // One of them, with ids in place of its path's variables.
  Call Draw(Random& random) const;
  const std::string& Scenario(Random& random) const { return OneOf(scenarios_, random); }

 private:
  void AddFile(const TextFile& file);
  void AddOperation(const std::string& path, std::string_view method, const Json& operation);
  void AddControlCalls();
  std::string Id(Random& random) const;

  std::vector<Call> calls_;
  std::vector<std::string> ids_;        // of what the stores begin with
  std::vector<std::string> scenarios_;  // by name
};

}  // namespace mockduit::fuzz
