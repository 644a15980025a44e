// What `exec` and `verify` have in common: the options that say what is made of verdicts and
// coverage, and the files that reports go to.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/command.h"
#include "app/options.h"
#include "base/file.h"
#include "verify/known.h"

namespace mockduit {

void AddVerdictOptions(Command& command, VerdictOptions& options);

// The file of --known, and what it says.
struct KnownFile {
  TextFile file;
  KnownFailures failures;
};
// Nothing where the option is not given.
Result<std::optional<KnownFile>> ReadKnown(const VerdictOptions& options);

// Tells which gates are not met, and which known failures are none any more. Whether all is well.
// `is_part`: entries for sessions and checks that were not met are told only; else they are
// mistakes.
bool TellGates(const Tally& tally, const VerdictOptions& options,
               const std::optional<KnownFile>& known, bool is_part = false);

// Writes the files that the options ask for. False when one of them cannot be written; the mistake
// is on standard error then.
bool WriteReports(const VerdictOptions& options, const std::function<std::string()>& junit,
                  const std::function<std::string()>& html);

}  // namespace mockduit
