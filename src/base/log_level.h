// LogLevel: how much a line of the log matters. Of the log, and of what works for it.
#pragma once

#include <cstdint>

namespace mockduit {

enum class LogLevel : std::uint8_t { kInfo, kWarning };

}  // namespace mockduit
