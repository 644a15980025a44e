// YamlText: a value as YAML that people read and edit.
#pragma once

#include <string>

#include "base/json.h"

namespace mockduit {

// In blocks, but for what is small; every text that could be taken for something else in quotes.
// Read again, it is the same value.
std::string ToYaml(const Json& json);

}  // namespace mockduit
