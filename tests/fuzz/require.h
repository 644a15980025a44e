// Require: what a fuzzer holds to be true of every input.
#pragma once

#include <cstdlib>

namespace mockduit {

// Ends the process, which is how libFuzzer takes a finding.
inline void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace mockduit
