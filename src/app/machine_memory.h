// How much memory this process may have: the machine's, or what its control group leaves of that.
// Read once, when a server starts.
#pragma once

#include <cstddef>

namespace mockduit {

std::size_t MachineMemory();
// What all stores and journals may hold where nobody says otherwise: a quarter of that, from 64 MiB
// to 4 GiB.
std::size_t DefaultMaxMemory(std::size_t machine);

}  // namespace mockduit
