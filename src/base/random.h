// Random: what is drawn by chance, from a seed: the same seed gives the same draws. How far it has
// come is one number, so that it can be kept and taken up again. Not thread-safe.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>

namespace mockduit {

class Random {
 public:
  explicit Random(std::uint64_t seed) : seed_(seed), engine_(seed) {}
  // As a Random of that seed is after that many draws.
  Random(std::uint64_t seed, std::uint64_t draws) : Random(seed) {
    engine_.discard(draws);
    draws_ = draws;
  }

  std::uint64_t Next() {
    ++draws_;
    return engine_();
  }
  // A number below `bound`, which must not be 0.
  std::uint64_t Below(std::uint64_t bound) { return Next() % bound; }
  // From 0 to below 1.
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

  std::uint64_t seed() const { return seed_; }
  std::uint64_t draws() const { return draws_; }

 private:
  std::uint64_t seed_;
  std::uint64_t draws_ = 0;
  std::mt19937_64 engine_;
};

// A seed of its own for each name, the same one in every run. 2^53 - 1 at most, which every JSON
// reader takes whole.
std::uint64_t SeedFor(std::uint64_t seed, std::string_view name);

}  // namespace mockduit
