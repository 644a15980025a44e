// One clock for all that happens in a session.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

constexpr const char* kOncePerMinute = "limits: [{allow: 1, per: 60s}]\n";

TEST(Worlds, GoByOneClockThatStandsStill) {
  TestWorld world(OptionsPlaying(kOncePerMinute));
  const auto send = [&] { return world.Send(GoodCallOf("airweave").Make()); };
  const Response first = send();
  EXPECT_EQ(first.status, 200);
  EXPECT_THAT(first.body, HasSubstr(R"("created_at":"2026-01-15T10:00:00.000000")"));
  const Response second = send();
  EXPECT_EQ(second.status, 429);
  EXPECT_EQ(second.headers.Get("Retry-After"), "60");
  EXPECT_EQ(second.headers.Get("RateLimit-Limit"), "1");
  EXPECT_EQ(second.headers.Get("RateLimit-Remaining"), "0");
  EXPECT_EQ(second.headers.Get("RateLimit-Reset"), "1768471260") << "2026-01-15T10:01:00Z";
  world.real_clock().Advance(std::chrono::hours(5));
  EXPECT_EQ(send().status, 429) << "the real time does not matter";
  world.session()->clock().Advance(std::chrono::seconds(61));
  const Response third = send();
  EXPECT_EQ(third.status, 200);
  EXPECT_THAT(third.body, HasSubstr(R"("created_at":"2026-01-15T10:01:01.000000")"));
  std::string times;
  for (const Exchange& exchange : world.session()->journal().Exchanges({})) {
    times += FormatMicros(exchange.at).substr(11, 8) + " ";
  }
  EXPECT_EQ(times, "10:00:00 10:00:00 10:00:00 10:01:01 ");
}

TEST(Worlds, TellWaitsInTheClientsTime) {
  WorldOptions options = OptionsPlaying(kOncePerMinute);
  options.clock = "2026-01-15T10:00:00Z@60";
  TestWorld world(options);
  world.Send(GoodCallOf("fivetran").Make());
  const Response refused = world.Send(GoodCallOf("fivetran").Make());
  EXPECT_EQ(refused.headers.Get("Retry-After"), "1") << "a documented minute in a real second";
  const AnnouncedWait told = *world.session()->journal().Find(2)->retry_after;
  EXPECT_EQ(told.session, std::chrono::seconds(60));
  EXPECT_EQ(told.client, std::chrono::seconds(1));
  world.real_clock().Advance(std::chrono::milliseconds(999));
  EXPECT_EQ(world.Send(GoodCallOf("fivetran").Make()).status, 429);
  world.real_clock().Advance(std::chrono::milliseconds(1));
  EXPECT_EQ(world.Send(GoodCallOf("fivetran").Make()).status, 201);
}

TEST(Worlds, TellWaitsAsDatesOfTheClientsClock) {
  const std::string text = "rules: [{play: [{outcome: rate_limited, retry_after: {date: 90s}}]}]\n";
  const std::pair<const char*, const char*> kClocks[] = {
      {"2026-01-15T10:00:00Z", "Thu, 15 Jan 2026 10:01:30 GMT"},
      {"real", "Tue, 01 Jan 2030 00:01:30 GMT"},
      {"2026-01-15T10:00:00Z@60", "Tue, 01 Jan 2030 00:00:02 GMT"},
  };
  for (const auto& [clock, date] : kClocks) {
    WorldOptions options = OptionsPlaying(text);
    options.clock = clock;
    TestWorld world(options);
    EXPECT_EQ(world.Send(GoodCallOf("fivetran").Make()).headers.Get("Retry-After"), date) << clock;
  }
}

// RFC 9110, section 10.2.3: digits, one at least, or a date.
TEST(Worlds, TakeOnlyAWaitForOne) {
  for (const auto& [header, is_one] :
       {std::pair("''", false), {"'-1'", false}, {"soon", false}, {"'0'", true}, {"'2'", true}}) {
    TestWorld world(OptionsPlaying(
        "rules: [{play: [{outcome: rate_limited, headers: {Retry-After: " + std::string(header) +
        "}}]}]\n"));
    world.Send(GoodCallOf("fivetran").Make());
    const Exchange exchange = *world.session()->journal().Find(1);
    EXPECT_EQ(exchange.retry_after.has_value(), is_one) << header;
  }
}

TEST(Worlds, TellThatAFailurePassesWhereItDoesSoSoon) {
  const auto passes = [](const char* when, const char* times, const char* clock) {
    WorldOptions options =
        OptionsPlaying("rules: [{when: {until: " + std::string(when) +
                       "}, play: [{outcome: server_error, times: " + times + "}]}]\n");
    options.clock = clock;
    TestWorld world(options);
    world.Send(GoodCallOf("fivetran").Make());
    return world.session()->journal().Find(1)->passing;
  };
  EXPECT_TRUE(passes("60s", "forever", "real"));
  EXPECT_FALSE(passes("61s", "forever", "real")) << "no client tries for so long";
  EXPECT_TRUE(passes("61s", "2", "real")) << "but by the number of calls it passes";
  EXPECT_TRUE(passes("1h", "forever", "2026-01-15T10:00:00Z@60"));
  EXPECT_FALSE(passes("61m", "forever", "2026-01-15T10:00:00Z@60"));
}

TEST(Worlds, MoveWhatTakesAWhileByTheSameClock) {
  TestWorld world(OptionsPlaying(
      "lifecycle: {airweave.sync_job: {takes: 1m, ends: failed, error: went away}}\n"));
  world.Send(GoodCallOf("airweave").Make());
  const auto job = [&] {
    const auto session = world.session();
    session->CatchUp();
    const Json jobs = session->world().store().Snapshot().Get("airweave.sync_job");
    return jobs.IfObject()->front().value;
  };
  EXPECT_EQ(job().Get("status").AsString(), "pending");
  world.session()->clock().Advance(std::chrono::seconds(6));
  EXPECT_EQ(job().Get("status").AsString(), "in_progress");
  EXPECT_EQ(job().Get("started_at").AsString(), "2026-01-15T10:00:06.000000");
  world.session()->clock().Advance(std::chrono::hours(1));
  EXPECT_EQ(job().Get("status").AsString(), "failed");
  EXPECT_EQ(job().Get("error").AsString(), "went away");
  EXPECT_EQ(job().Get("failed_at").AsString(), "2026-01-15T10:01:00.000000");
}

}  // namespace
}  // namespace mockduit
