#include "base/ids.h"

#include <algorithm>

#include "base/words.h"

namespace mockduit {
namespace {

constexpr std::uint64_t kHighMask = (std::uint64_t{1} << 12) - 1;
constexpr std::uint64_t kLowMask = (std::uint64_t{1} << 62) - 1;
constexpr std::uint64_t kVariant = std::uint64_t{0b10} << 62;

// The 128 bits as 8-4-4-4-12 hex digits.
std::string UuidText(std::uint64_t high, std::uint64_t low) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text(36, '-');
  char* at = text.data();
  const auto append = [&at](std::uint64_t half, int first_bit, int digits) {
    for (int digit = 0; digit < digits; ++digit)
      *at++ = kHex[(half >> (first_bit - 4 * digit)) & 0xf];
    ++at;  // over the dash
  };
  append(high, 60, 8);
  append(high, 28, 4);
  append(high, 12, 4);
  append(low, 60, 4);
  append(low, 44, 12);
  return text;
}

}  // namespace

std::string Ids::Uuid7(Time now) {
  const auto millis = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count());
  if (millis > last_millis_) {
    last_millis_ = millis;
    last_high_ = random_.Next() & (kHighMask >> 1);  // half the range is left for counting on
    last_low_ = random_.Next() & kLowMask;
  } else {
    last_low_ += 1 + (random_.Next() & 0xffffffff);
    if (last_low_ > kLowMask) {
      last_low_ &= kLowMask;
      if (++last_high_ > kHighMask) {
        last_high_ = 0;
        ++last_millis_;
      }
    }
  }
  return UuidText(last_millis_ << 16 | 0x7000 | last_high_, kVariant | last_low_);
}

std::string Ids::Uuid4() {
  const std::uint64_t high = random_.Next();
  const std::uint64_t low = random_.Next();
  return UuidText((high & ~std::uint64_t{0xf000}) | 0x4000, kVariant | (low & kLowMask));
}

std::string Ids::TwoWords() {
  const std::string_view first = kFirstWords[Below(kFirstWords.size())];
  const std::string_view second = kSecondWords[Below(kSecondWords.size())];
  return std::string(first) + "_" + std::string(second);
}

std::string Ids::Token(std::size_t size, std::string_view alphabet) {
  std::string token(size, ' ');
  std::ranges::generate(token, [&] { return alphabet[Below(alphabet.size())]; });
  return token;
}

}  // namespace mockduit
