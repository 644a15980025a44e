// The verdicts and the coverage of some runs, in a few lines for a terminal.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

struct SummaryStyle {
  bool colours = false;
};

// One run in full; of several a row each, and then what went wrong in them.
std::string Summary(const std::vector<Report>& reports, SummaryStyle style);

}  // namespace mockduit
