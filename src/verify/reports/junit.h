// The verdicts as JUnit XML, which CI systems read: a test suite for each session of each run, with
// a test case for each check. A failed check is a failure, an inconclusive one an error, and the
// type of both is the code of the first finding; one that was not exercised, or whose failure is
// known, is skipped. The findings are their text. `--junit` writes it.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

std::string JUnit(const std::vector<Report>& reports);

}  // namespace mockduit
