// Ids: everything a session draws by chance: UUIDs, words, tokens. Seeded, so the same seed and the
// same times give the same ids. Not thread-safe: a session guards its own.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "base/time.h"

namespace mockduit {

class Ids {
 public:
  explicit Ids(std::uint64_t seed) : random_(seed) {}

  // RFC 9562, section 5.7, lower case. Each is greater than the one before, also when many fall
  // into one millisecond or the time goes back: then rand_a and rand_b count on (section 6.2,
  // method 2), and a counter that runs over borrows the next millisecond.
  std::string Uuid7(Time now);
  // RFC 9562, section 5.4, lower case.
  std::string Uuid4();
  // Two lower-case words joined by '_', as Fivetran names things: "speak_inexpensive".
  std::string TwoWords();
  // `size` characters out of `alphabet`.
  std::string Token(std::size_t size, std::string_view alphabet);

  // A number below `bound`, which must not be 0.
  std::uint64_t Below(std::uint64_t bound) { return random_() % bound; }

 private:
  std::mt19937_64 random_;
  std::uint64_t last_millis_ = 0;
  std::uint64_t last_high_ = 0;  // rand_a, 12 bits
  std::uint64_t last_low_ = 0;   // rand_b, 62 bits
};

inline constexpr std::string_view kLowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
inline constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace mockduit
