// Reason: why a value is not of a format.
#pragma once

#include <optional>
#include <string>

namespace mockduit {

// A half-sentence; nothing where the value is of the format.
using Reason = std::optional<std::string>;

}  // namespace mockduit
