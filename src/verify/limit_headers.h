// Limit headers: by which names answers tell what is left of a limit, and when there is room again.
// The checks that look at them mean the same by it.
#pragma once

namespace mockduit {

struct LimitHeaders {
  const char* remaining;
  const char* reset;
};

inline constexpr LimitHeaders kLimitHeaders[] = {
    {"RateLimit-Remaining", "RateLimit-Reset"},
    {"X-RateLimit-Remaining", "X-RateLimit-Reset"},
    {"X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"},
};

}  // namespace mockduit
