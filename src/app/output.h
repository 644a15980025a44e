// How a command writes what it was asked for, on standard output.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace mockduit {

// Writes all of it and gives 0; or says what has gone wrong and gives the exit code of a command
// that failed. An output that is closed fails, though /dev/null stands in its place. A reader who
// has left, as `head` does, is no news. One who does not read is waited for; where `patience` is
// given no longer than that at a time, and that is no news either, nor is a closed output.
int Print(std::string_view text, std::optional<std::chrono::milliseconds> patience = {});

}  // namespace mockduit
