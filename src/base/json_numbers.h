// Numbers set aside: RapidJSON refuses a text in which a number stands that no double holds. Such
// numbers are taken out before it reads the text, and put back by their places.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

namespace mockduit {

struct NumbersAside {
  explicit NumbersAside(std::string_view json);

  std::string text;  // with a 0 and blanks in place of each
  // By the byte that follows the 0.
  std::unordered_map<std::size_t, std::string> numbers;
};

}  // namespace mockduit
