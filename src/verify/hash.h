// Hash: one number for texts and numbers that are added one after the other. The checks' groups of
// entries go by it. It differs from process to process, so it is never shown or kept.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace mockduit {

class Hash {
 public:
  Hash& Add(std::string_view text) { return Add(std::hash<std::string_view>()(text)); }
  Hash& Add(std::uint64_t number) {
    value_ = (value_ ^ number) * 0x9E3779B97F4A7C15U;
    value_ ^= value_ >> 29U;
    return *this;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace mockduit
