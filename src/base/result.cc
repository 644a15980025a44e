#include "base/result.h"

namespace mockduit {

std::string Problem::Text() const {
  if (line == 0) return file + ": " + message;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

}  // namespace mockduit
