// OwnContractTest: an emulator of a few contracts that the test has written, with nothing else.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/emulator.h"
#include "unit/contract/acme.h"

namespace mockduit {

class OwnContractTest : public ::testing::Test {
 protected:
  explicit OwnContractTest(const std::vector<TextFile>& contracts,
                           const std::string& clock = "2026-01-15T10:00:00Z")
      : catalog_(LoadedCatalog(contracts)), clock_(*ParseTime(clock)) {}

  const Catalog catalog_;
  ManualClock clock_;
  ScenarioLibrary scenarios_;
  Log log_;
  Metrics metrics_{clock_};
  NoCaller caller_;
  Sessions sessions_{{}, {}, clock_, Seeds(), log_};
  Emulator emulator_{{catalog_, scenarios_, sessions_, caller_, metrics_}, {}, {}};
};

}  // namespace mockduit
