// The verdicts as JUnit XML, which CI systems read: a test suite for each session of each run, in
// it a test case for each check. A failed check is a failure, one that cannot be told an error, and
// one that was not exercised is skipped; the evidence is their text.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

std::string JUnit(const std::vector<Report>& reports);

}  // namespace mockduit
