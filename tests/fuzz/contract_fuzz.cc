// The fuzzer of the contract reader: any bytes at all give contracts that can be looked up, or
// mistakes that have a place and words. Replayed over corpus/contract/ as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "contract/catalog.h"
#include "contract/router.h"
#include "fuzz/mutate.h"
#include "fuzz/require.h"
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

void CheckCatalog(const Catalog& catalog) {
  for (const std::string& name : catalog.OperationNames()) {
    const Operation* operation = catalog.FindOperation(name);
    Require(operation != nullptr && operation->FindOutcome("success") != nullptr);
    for (const Outcome& outcome : operation->outcomes()) {
      Require(!outcome.variants.empty() && outcome.status >= 200 && outcome.status <= 599);
    }
  }
  Router(catalog).Find("GET", "/v1/boxes/7", nullptr);
}

// As a contract, as the keys and as the seed of a vendor.
void Check(std::string_view bytes) {
  for (const char* file : {"acme/v1.yaml", "acme/keys.yaml", "acme/seed.yaml"}) {
    const auto catalog = Catalog::Load({{file, std::string(bytes)}});
    if (catalog) {
      CheckCatalog(*catalog);
    } else {
      CheckProblems(catalog.error());
    }
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
                                  : mockduit::fuzz::MutateLines(text, mockduit::kAcme, random);
  return mockduit::fuzz::PutBack(mutated, data, most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
