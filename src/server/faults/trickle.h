// The trickle: which bytes of a body leave when, at so many bytes a second. Used by the fault
// "slow". A pure function of times that it is given: it reads no clock and writes nothing.
#pragma once

#include <cstddef>

#include "server/wire_stream.h"

namespace mockduit {

struct Portion {
  std::size_t end = 0;  // the first byte that does not belong to it
  Deadline due;         // when it leaves
};

// The portion of a body of `size` bytes that begins at byte `sent`, which is below `size`. It
// leaves when its last byte is due, `rate` bytes a second after `start`: a portion that is late is
// made up for by the next ones. A rate of 0 counts as 1.
Portion NextPortion(std::size_t sent, std::size_t size, std::size_t rate, Deadline start);

}  // namespace mockduit
