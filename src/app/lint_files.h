// LintFiles: what `mockduit lint` is asked to look at, sorted into contracts, scenarios, lists of
// known failures and OpenAPI documents of others.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace mockduit {

struct LintFiles {
  std::vector<TextFile> contracts;  // with the files beside them that vendors read: keys, seeds
  std::vector<TextFile> scenarios;
  std::vector<std::string> documents;  // paths of OpenAPI documents of others
  std::vector<TextFile> known;         // lists of known failures
  std::vector<Problem> strange;        // files that are none of these
  std::vector<Problem> not_read;       // what looks like one of them, but for its name
};

// Files, and directories of files. A contract is read with the files beside it, whether they are
// named or not. The error is a path that cannot be read.
Result<LintFiles> FindLintFiles(const std::vector<std::string>& paths);

}  // namespace mockduit
