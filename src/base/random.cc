#include "base/random.h"

namespace mockduit {

std::uint64_t SeedFor(std::uint64_t seed, std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return (seed ^ hash) & ((std::uint64_t{1} << 53) - 1);
}

}  // namespace mockduit
