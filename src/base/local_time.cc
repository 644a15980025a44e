#include "base/local_time.h"

#include <ctime>

namespace mockduit {

Duration LocalOffset(Time time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return Duration(0);
  return std::chrono::seconds(local.tm_gmtoff);
}

}  // namespace mockduit
