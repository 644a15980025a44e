// How a command writes what it was asked for, on standard output.
#pragma once

#include <string_view>

namespace mockduit {

// Writes all of it and gives 0; or says what has gone wrong and gives the exit code of a command
// that failed. A reader who has left, as `head` does, is no news.
int Print(std::string_view text);

}  // namespace mockduit
