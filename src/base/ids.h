// Ids: everything a session draws by chance: UUIDs, words, tokens. Seeded, so the same seed and the
// same times give the same ids. Not thread-safe: a session guards its own.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace mockduit {

class Ids {
 public:
  // How far the drawing has come.
  struct State {
    std::uint64_t seed = 0;
    std::uint64_t draws = 0;
    std::uint64_t millis = 0;  // of the last UUIDv7
    std::uint64_t high = 0;    // its rand_a, 12 bits
    std::uint64_t low = 0;     // its rand_b, 62 bits
  };

  explicit Ids(std::uint64_t seed) : random_(seed) {}
  // Goes on where `state` left off.
  explicit Ids(const State& state)
      : random_(state.seed, state.draws),
        last_millis_(state.millis),
        last_high_(state.high),
        last_low_(state.low) {}

  // RFC 9562, section 5.7, lower case. Each is greater than the one before, also when many fall
  // into one millisecond or the time goes back: then rand_a and rand_b count on (section 6.2,
  // method 2), and a counter that runs over borrows the next millisecond.
  std::string Uuid7(Time now);
  // RFC 9562, section 5.4, lower case.
  std::string Uuid4();
  // Two lower-case words joined by '_': "speak_inexpensive".
  std::string TwoWords();
  // `size` characters out of `alphabet`.
  std::string Token(std::size_t size, std::string_view alphabet);

  // A number below `bound`, which must not be 0.
  std::uint64_t Below(std::uint64_t bound) { return random_.Below(bound); }

  State state() const {
    return {random_.seed(), random_.draws(), last_millis_, last_high_, last_low_};
  }

 private:
  Random random_;
  std::uint64_t last_millis_ = 0;
  std::uint64_t last_high_ = 0;
  std::uint64_t last_low_ = 0;
};

inline constexpr std::string_view kLowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
inline constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
inline constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace mockduit
