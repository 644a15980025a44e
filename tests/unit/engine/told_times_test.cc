// What tells a client to wait tells it on the client's own clock, whatever the session's does; all
// other times in answers are the session's.
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

Request Look(std::string path, const Headers::Field& credential) {
  Request request;
  request.path = std::move(path);
  request.headers = {credential, {"Accept", "application/json"}};
  return request;
}

// The real clock stands at 2030-01-01.
class ToldTimes : public ::testing::Test {
 protected:
  // What a connection that is rescheduled for half an hour after the session's start tells.
  static std::string RescheduledFor(const std::string& clock) {
    TestWorld world({.clock = clock});
    const auto replaced = world.session()->ReplaceStore(*Json::Parse(
        R"({"fivetran.connection":{"c":{"id":"c","service":"s3","created_at":"2026-01-15T09:00:00Z",
            "status":{"sync_state":"rescheduled","rescheduled_for":"2026-01-15T10:30:00Z"}}}})"));
    EXPECT_TRUE(replaced);
    const Json answer =
        world.SendForJson(Look("/v1/connections/c", {"Authorization", Basic("my-key")}));
    EXPECT_EQ(answer.Get("data").Get("created_at").AsString(), "2026-01-15T09:00:00Z");
    return std::string(answer.AtPath("data.status.rescheduled_for")->AsString());
  }
};

TEST_F(ToldTimes, AreTheClientsOnAFastClock) {
  EXPECT_EQ(RescheduledFor("2026-01-15T10:00:00Z@60"), "2030-01-01T00:00:30.000000Z");
}

TEST_F(ToldTimes, AreTheSessionsWhereItsClockStandsStill) {
  EXPECT_EQ(RescheduledFor("2026-01-15T10:00:00Z"), "2026-01-15T10:30:00Z");
}

TEST_F(ToldTimes, OfALimitAreTheClientsToo) {
  TestWorld world({.scenario = "full",
                   .clock = "2026-01-15T10:00:00Z@60",
                   .scenarios = {{"full.yaml", "limits: [{allow: 1, per: 10m}]"}}});
  const Request request = Look("/source-connections", {"X-API-Key", "my-key"});
  world.Send(request);
  const Response response = world.Send(request);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.Get("Retry-After"), "10");
  EXPECT_EQ(response.headers.Get("RateLimit-Reset"), "1893456010") << "2030-01-01T00:00:10Z";
}

TEST_F(ToldTimes, AnswersAreDatedByASessionThatStandsStill) {
  TestWorld still({.clock = "2026-01-15T10:00:00Z"});
  EXPECT_EQ(still.Send(Look("/source-connections", {"X-API-Key", "my-key"})).headers.Get("Date"),
            "Thu, 15 Jan 2026 10:00:00 GMT");
  TestWorld fast({.clock = "2026-01-15T10:00:00Z@60"});
  EXPECT_EQ(fast.Send(Look("/source-connections", {"X-API-Key", "my-key"})).headers.Find("Date"),
            std::nullopt)
      << "the server dates it by the real clock";
}

}  // namespace
}  // namespace mockduit
