// What `exec` and `verify` share: the gates, the files that reports go to, the colours.
#pragma once

#include <functional>
#include <string>

#include "app/options.h"

namespace mockduit {

inline constexpr int kGateFailed = 3;  // the exit code, where all else is well

// Nothing is asked for, or all of it is written; else it has been told which file cannot be.
bool WriteReports(const JudgingOptions& options, const std::function<std::string()>& junit,
                  const std::function<std::string()>& html);

// It is a terminal, and NO_COLOR (https://no-color.org) is not set.
bool WantsColours(int file);

}  // namespace mockduit
