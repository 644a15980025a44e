#include "base/decimal.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace mockduit {
namespace {

// Exponents beyond it are no more told from each other.
constexpr std::int64_t kMaxExponent = 1'000'000'000'000'000'000;

// GCC and clang have it; ISO C++ has nothing of its size.
__extension__ using Wide = unsigned __int128;

std::int64_t ReadExponent(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const std::int64_t size = ParseNumber<std::int64_t>(text).value_or(kMaxExponent);
  return is_negative ? -std::min(size, kMaxExponent) : std::min(size, kMaxExponent);
}

std::uint64_t TimesModulo(std::uint64_t a, std::uint64_t b, std::uint64_t modulus) {
  return static_cast<std::uint64_t>(static_cast<Wide>(a) * b % modulus);
}

std::uint64_t PowerOfTenModulo(std::int64_t exponent, std::uint64_t modulus) {
  std::uint64_t power = 1 % modulus;
  std::uint64_t square = 10 % modulus;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) power = TimesModulo(power, square, modulus);
    square = TimesModulo(square, square, modulus);
  }
  return power;
}

}  // namespace

Decimal::Decimal(std::string_view text) : negative_(text.starts_with('-')) {
  if (negative_) text.remove_prefix(1);
  const std::size_t mark = text.find_first_of("eE");
  if (mark != std::string_view::npos) exponent_ = ReadExponent(text.substr(mark + 1));
  std::string_view fraction = text.substr(0, mark);
  const std::string_view whole = TakeUntil(fraction, ".");
  exponent_ -= static_cast<std::int64_t>(fraction.size());
  digits_.reserve(whole.size() + fraction.size());
  digits_.append(whole).append(fraction);
  digits_.erase(0, digits_.find_first_not_of('0'));
  const std::size_t end = digits_.find_last_not_of('0') + 1;  // 0 where there is none
  exponent_ += static_cast<std::int64_t>(digits_.size() - end);
  digits_.resize(end);
  if (!digits_.empty()) return;
  negative_ = false;
  exponent_ = 0;
}

bool Decimal::IsMultipleOf(const Decimal& other) const {
  if (IsZero()) return true;
  if (exponent_ < other.exponent_) return false;  // its last digit is no 0, other's multiples' are
  const auto modulus = ParseNumber<std::uint64_t>(other.digits_);
  if (!modulus) return digits_ == other.digits_;
  std::uint64_t rest = 0;
  for (const char digit : digits_) {
    rest = static_cast<std::uint64_t>(
        (static_cast<Wide>(rest) * 10 + static_cast<unsigned>(digit - '0')) % *modulus);
  }
  return TimesModulo(rest, PowerOfTenModulo(exponent_ - other.exponent_, *modulus), *modulus) == 0;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.negative_ != b.negative_) return b.negative_ <=> a.negative_;
  const Decimal& low = a.negative_ ? b : a;  // by what they are without their sign
  const Decimal& high = a.negative_ ? a : b;
  if (low.IsZero() || high.IsZero()) return high.IsZero() <=> low.IsZero();
  const auto size = [](const Decimal& one) {
    return one.exponent_ + static_cast<std::int64_t>(one.digits_.size());
  };
  if (size(low) != size(high)) return size(low) <=> size(high);
  return low.digits_ <=> high.digits_;
}

}  // namespace mockduit
