// Delay: how long an answer is held back: always the same, or drawn anew for each.
#pragma once

#include "base/random.h"
#include "base/time.h"

namespace mockduit {

// The longest delay; draws are cut to it.
inline constexpr Duration kMaxDelay = std::chrono::hours(1);

struct Delay {
  enum class Kind {
    kFixed,      // `low`
    kUniform,    // from `low` to `high`, each as likely
    kLogNormal,  // the median is `low`, 99 of 100 are below `high`: most near it, few far off
  };
  Kind kind = Kind::kFixed;
  Duration low{};
  Duration high{};

  Duration Draw(Random& random) const;
};

}  // namespace mockduit
