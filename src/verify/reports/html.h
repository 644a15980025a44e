// The HTML report: the verdicts of some runs, their exchanges on a time line, and the coverage as a
// matrix. One page without scripts or other files, for light and dark screens. `--report` writes
// it.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

std::string HtmlPage(const std::vector<Report>& reports);

}  // namespace mockduit
