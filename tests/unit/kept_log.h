// KeptLog: a log whose lines a test can look at. For one thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"

namespace mockduit {

class KeptLog : public Log {
 public:
  void Info(std::string_view message) override { lines.emplace_back(message); }
  void Warning(std::string_view message) override { lines.emplace_back(message); }
  void Line(std::string line) override { lines.push_back(std::move(line)); }
  std::vector<std::string> lines;
};

}  // namespace mockduit
