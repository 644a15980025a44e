// Likeness: whether two requests at the same place carry the same body, as two attempts of one call
// do. The checks of retries and duplicates use it; it looks at nothing but the two requests.
#pragma once

#include <cstdint>

namespace mockduit {

struct Entry;

struct Likeness {
  bool same = false;   // equal, or different only in times and ids of requests
  bool exact = false;  // equal, byte for byte or as JSON
};
Likeness Compare(const Entry& first, const Entry& second);

// Equal for all requests at a place that Compare may find the same. Not kept: see
// History::LikenessOf.
std::uint64_t LikenessHash(const Entry& entry);

}  // namespace mockduit
