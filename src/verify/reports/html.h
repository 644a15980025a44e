// The verdicts of some runs with their exchanges on a time line, and the coverage as a matrix: one
// page that needs nothing else, no scripts, and is readable in light and dark.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

std::string HtmlPage(const std::vector<Report>& reports);

}  // namespace mockduit
