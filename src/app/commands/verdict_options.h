// What `exec` and `verify` have in common: the options that say what is made of verdicts and
// coverage, and the files that reports go to.
#pragma once

#include <functional>
#include <string>

#include "app/command.h"
#include "app/options.h"

namespace mockduit {

void AddVerdictOptions(Command& command, VerdictOptions& options);

// Writes the files that the options ask for. False when one of them cannot be written; the mistake
// is on standard error then.
bool WriteReports(const VerdictOptions& options, const std::function<std::string()>& junit,
                  const std::function<std::string()>& html);

}  // namespace mockduit
