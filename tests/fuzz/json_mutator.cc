// The mutator of fuzzers whose whole input is one JSON text.
#include "fuzz/mutate.h"

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  mockduit::Random random(seed);
  const std::string text(reinterpret_cast<const char*>(data), size);
  return mockduit::fuzz::PutBack(mockduit::fuzz::MutateJson(text, random), data, most);
}
