// The fuzzer of the scenario reader, which also reads what comes over the network: any bytes at all
// give a scenario that can be played and kept, or mistakes that have a place and words. Replayed
// over corpus/scenario/ as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/mutate.h"
#include "fuzz/require.h"
#include "scenario/read/scenario.h"
#include "scenario/script.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

void CheckProblems(const std::vector<Problem>& problems) {
  Require(!problems.empty());
  for (const Problem& problem : problems) {
    // All but the last one of a file with too many, "and 3 more".
    const bool placed = problem.line >= 1 && problem.column >= 1;
    Require(!problem.message.empty() && (placed || problem.message.starts_with("and ")));
  }
}

void CheckScenario(const std::shared_ptr<const Scenario>& scenario) {
  Require(IsName(scenario->name));
  Script script(scenario, Time(), 7);
  const Request request{.method = "POST"};
  const Json body = Json::MakeObject({{"a", 1}});
  for (int i = 0; i < 20; ++i) {
    const MatchInput input{"acme.create_widget", &request, "/widgets/1", &body};
    const Taken taken = script.Take(input, Time() + std::chrono::seconds(i));
    Require(taken.delay >= Duration(0) && taken.delay <= kMaxDelay);
    script.limiter().Take(input, "key", Time() + std::chrono::seconds(i));
  }
  Script again(scenario, Time(), 8);
  Require(again.Restore(script.Save()));
  Require(again.Save() == script.Save());
}

void Check(std::string_view bytes) {
  static const Catalog kCatalog = AcmeCatalog();
  const auto scenario = ReadScenario({"s.yaml", std::string(bytes)}, kCatalog);
  if (scenario) {
    CheckScenario(*scenario);
  } else {
    CheckProblems(scenario.error());
  }
}

}  // namespace
}  // namespace mockduit

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  mockduit::Random random(seed);
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string mutated = random.Below(4) == 0
                                  ? mockduit::fuzz::MutateBytes(text, most)
                                  : mockduit::fuzz::MutateLines(text, text, random);
  return mockduit::fuzz::PutBack(mutated, data, most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
