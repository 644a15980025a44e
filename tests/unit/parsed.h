// Parsed: the JSON value that a test's own text stands for. The text must be JSON.
#pragma once

#include <string_view>

#include "base/json.h"

namespace mockduit {

inline Json Parsed(std::string_view text) { return Json::Parse(text).value(); }

}  // namespace mockduit
