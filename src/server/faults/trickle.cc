#include "server/faults/trickle.h"

#include <algorithm>

namespace mockduit {

Portion NextPortion(std::size_t sent, std::size_t size, std::size_t rate, Deadline start) {
  using Seconds = std::chrono::duration<double>;
  constexpr std::size_t kPortionsPerSecond = 20;
  constexpr std::size_t kLargestPortion = 64 * 1024UZ;
  rate = std::max(rate, 1UZ);
  const std::size_t portion = std::clamp(rate / kPortionsPerSecond, 1UZ, kLargestPortion);
  const std::size_t end = std::min(sent + portion, size);
  const Seconds time(static_cast<double>(end) / static_cast<double>(rate));
  return {end, start + std::chrono::ceil<Deadline::duration>(time)};
}

}  // namespace mockduit
