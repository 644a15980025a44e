// Decimal: a number exactly as its digits say, of any size. Json compares with it what neither an
// int64 nor a double holds, and schemas their bounds.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace mockduit {

class Decimal {
 public:
  // `text` must be a number as JSON writes it: "-12.50e3".
  explicit Decimal(std::string_view text);

  bool IsZero() const { return digits_.empty(); }
  // Has nothing behind the decimal point.
  bool IsWhole() const { return exponent_ >= 0; }
  // True when this is a whole number of times `other`, which must not be 0. Of one whose digits are
  // more than 64 bits hold, only a multiple by a power of ten is found.
  bool IsMultipleOf(const Decimal& other) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

 private:
  // digits_ × 10^exponent_; 0 has no digits, and no number has zeros at either end of them.
  bool negative_ = false;
  std::string digits_;
  std::int64_t exponent_ = 0;
};

}  // namespace mockduit
