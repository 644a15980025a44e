#pragma once

#include <string_view>

#include "base/json.h"

namespace mockduit {

// What a plain scalar, one without quotes, stands for by YAML's core schema (YAML 1.2, section
// 10.3.2): null, a boolean, a number of any size, else its own text.
Json YamlScalar(std::string_view text);

}  // namespace mockduit
