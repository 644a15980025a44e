// Anybody's OpenAPI document as a vendor: whatever stands in it, it is refused with words, or every
// operation of it has its answers.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adopt/adopt.h"
#include "base/random.h"
#include "fuzz/mutate.h"
#include "fuzz/require.h"
#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

void CheckOperation(const Operation& operation) {
  Require(!operation.name.empty() && operation.FindOutcome("success") != nullptr);
  Require(operation.FindStatus(429) != nullptr);
  for (const Outcome& outcome : operation.outcomes()) {
    Require(outcome.status >= 200 && outcome.status <= 599);
    Require(outcome.FindVariant("") != nullptr && !outcome.source.text.empty());
  }
}

void Check(std::string_view bytes) {
  // References to "other.yaml" lead to the same text.
  MemoryFiles files;
  files.AddFolder("/api");
  files.AddFile("/api/spec.yaml", std::string(bytes));
  files.AddFile("/api/other.yaml", std::string(bytes));
  const auto adopted = Adopt({"acme=/api/spec.yaml"}, files);
  if (!adopted) {
    Require(!adopted.error().empty());
    for (const Problem& problem : adopted.error()) Require(!problem.message.empty());
    return;
  }
  for (const Problem& note : AllNotes(*adopted)) Require(!note.message.empty());
  const Contract& contract = *adopted->vendors.at(0).editions.at(0);
  for (const auto& operation : contract.operations) CheckOperation(*operation);
  Require(contract.FindShared("not_found") != nullptr);
}

}  // namespace
}  // namespace mockduit

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  mockduit::Random random(seed);
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::string mutated;
  switch (random.Below(4)) {
    case 0: mutated = mockduit::fuzz::MutateBytes(text, most); break;
    case 1: mutated = mockduit::fuzz::MutateJson(text, random); break;
    default: mutated = mockduit::fuzz::MutateLines(text, text, random);
  }
  return mockduit::fuzz::PutBack(mutated, data, most);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
