// The verdicts and the coverage of some runs as text for a terminal. `exec` and `verify` print it.
#pragma once

#include <string>
#include <vector>

#include "verify/report.h"

namespace mockduit {

struct SummaryStyle {
  bool colours = false;
};

// A single run in full; several runs as a row each, followed by their failures.
std::string Summary(const std::vector<Report>& reports, SummaryStyle style);

}  // namespace mockduit
