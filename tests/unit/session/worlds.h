// The fixture of tests of many sessions: few may be, on a clock that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "scenario/scenario_library.h"
#include "session/sessions.h"
#include "unit/kept_log.h"

namespace mockduit {

class WorldsTest : public ::testing::Test {
 protected:
  WorldsTest() {
    settings_.seed = 7;
    settings_.clock = *ClockSetting::Parse("2026-01-15T10:00:00Z");
    Scenario scenario;
    scenario.name = "one";
    scenario.rules.emplace_back().plays.push_back(Play{.outcome = "rate_limited", .times = 3});
    scenarios_.Put(std::make_shared<const Scenario>(std::move(scenario)));
    scenarios_.Put(std::make_shared<const Scenario>(Scenario{.name = "success"}));
  }

  Sessions Made() { return Sessions(settings_, limits_, real_, seeds_, notes_); }
  std::vector<std::string> Names(Sessions& sessions) {
    std::vector<std::string> names;
    for (const auto& session : sessions.List()) names.push_back(session->name());
    return names;
  }

  SessionSettings settings_;
  SessionLimits limits_{.journal = {.exchanges = 2}, .resources = 2, .sessions = 3};
  ManualClock real_{*ParseTime("2030-01-01")};
  Seeds seeds_;
  KeptLog notes_;
  ScenarioLibrary scenarios_;
  const Catalog catalog_;
};

}  // namespace mockduit
