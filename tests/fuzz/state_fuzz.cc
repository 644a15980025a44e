// The fuzzer of state files: any bytes at all either restore sessions that can be used, saved and
// restored again to the same state, or give an error and leave the sessions as they were. Replayed
// over corpus/state/ as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/require.h"
#include "scenario/read/scenario.h"
#include "session/exchange_codec.h"
#include "session/sessions.h"
#include "session/state_version.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

constexpr const char* kContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    job:
      kind: job
      takes: 10s
      steps:
        - {at: 0.5, set: {status: running}}
      ends:
        done: {set: {status: done, ended: "{{now}}"}}
        failed: {set: {status: failed}}
paths:
  /jobs:
    post:
      operationId: create_job
      responses:
        "200": {description: OK, x-mockduit: {outcome: success, source: made up}}
        "429": {description: Later, x-mockduit: {outcome: rate_limited, source: made up}}
)";

constexpr const char* kScenario = R"(
scenario: busy
description: Two refusals, and two requests a minute.
rules:
  - {name: twice, play: [{status: 429, times: 2}]}
limits:
  - {allow: 2, per: 1m, by: credential}
)";

class NoLog : public Log {
 public:
  void Info(std::string_view /*message*/) override {}
  void Warning(std::string_view /*message*/) override {}
};

struct Surroundings {
  Surroundings() {
    scenarios.Put(std::make_shared<const Scenario>(Scenario{.name = "success"}));
    const auto busy = ReadScenario({"busy.yaml", kScenario}, catalog);
    Require(busy.has_value());
    scenarios.Put(*busy);
  }
  Sessions MakeSessions() {
    return Sessions({.clock = *ClockSetting::Parse("2026-01-15T10:00:00Z")}, {}, real, seeds, log);
  }

  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", kContract}});
  ScenarioLibrary scenarios;
  ManualClock real{*ParseTime("2026-01-15T10:00:00Z")};
  Seeds seeds;
  NoLog log;
};

void Use(Session& session, Surroundings& world) {
  session.CatchUp();
  session.Record(EncodeExchange({.at = session.Now()}), nullptr);
  session.clock().Advance(std::chrono::hours(1));
  session.CatchUp();
  session.world().LookedAt("acme.job", "", session.Now());
  const MatchInput input{"acme.create_job", nullptr, "/jobs"};
  Script& script = session.ScriptOf(world.scenarios.Find("busy"));
  script.limiter().Take(input, "key", session.Now());
  session.Save();
}

void Check(std::string_view bytes) {
  static Surroundings& world = *new Surroundings;
  const auto state = Json::Parse(bytes);
  if (!state) return;
  if (const auto version = CheckStateVersion(*state); !version) {
    Require(!version.error().message.empty());
    return;
  }
  Sessions sessions = world.MakeSessions();
  sessions.Get("here");
  const auto lost = sessions.Restore(*state, world.scenarios, world.catalog);
  if (!lost) {
    Require(lost.error().message.starts_with("/sessions"));
    Require(sessions.List().size() == 1);
    return;
  }
  const Json saved = sessions.Save();
  Sessions again = world.MakeSessions();
  Require(again.Restore(saved, world.scenarios, world.catalog).has_value());
  Require(again.Save() == saved);
  for (const auto& session : again.List()) Use(*session->Enter(), world);
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
