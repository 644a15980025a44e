// Scripts that are exact, worlds that do not touch: under many callers at once. A program of its
// own, for these alone are of use where races are looked for.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

// Runs `call(i)` in that many threads at once.
template <class Call>
void AtOnce(int callers, const Call& call) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < callers; ++i) threads.emplace_back([&call, i] { call(i); });
}

// "429 twice, then success" under 64 callers at once, again and again in sessions of their own.
TEST(ManyCallers, PlayAScriptExactly) {
  constexpr int kRounds = 50;
  constexpr int kCallers = 64;
  TestWorld world({.scenario = "throttled-twice"});
  std::vector<std::vector<int>> statuses(kCallers, std::vector<int>(kRounds));
  AtOnce(kCallers, [&](int caller) {
    for (int round = 0; round < kRounds; ++round) {
      const std::string key = "key@round-" + std::to_string(round);
      statuses[static_cast<std::size_t>(caller)][static_cast<std::size_t>(round)] =
          world.Send(GoodCallOf("supermetrics").With(key)).status;
    }
  });
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::map<int, int> counts;
    for (const auto& seen : statuses) ++counts[seen[round]];
    EXPECT_EQ(counts, (std::map<int, int>{{201, kCallers - 2}, {429, 2}})) << round;
    const std::string name = "round-" + std::to_string(round);
    EXPECT_EQ(world.session(name)->journal().total(), static_cast<unsigned>(kCallers));
    EXPECT_EQ(world.session(name)->world().store().Count("supermetrics.data_source_connection"),
              static_cast<unsigned>(kCallers - 2));
  }
}

TEST(ManyCallers, CountExactlyInSessionsSideBySide) {
  constexpr int kRounds = 25;
  constexpr int kCallers = 64;
  constexpr int kSessions = 4;  // in each round, side by side
  TestWorld world(OptionsPlaying(
      "rules:\n- play: [{outcome: rate_limited, times: 2}, {outcome: server_error}]\n"));
  std::vector<std::vector<std::array<int, kSessions>>> seen(
      kRounds, std::vector<std::array<int, kSessions>>(kCallers));
  AtOnce(kCallers, [&](int caller) {
    for (int round = 0; round < kRounds; ++round) {
      for (int i = 0; i < kSessions; ++i) {
        const std::string key = "key@r" + std::to_string(round) + "-" + std::to_string(i);
        seen[static_cast<std::size_t>(round)][static_cast<std::size_t>(caller)]
            [static_cast<std::size_t>(i)] = world.Send(GoodCallOf("airweave").With(key)).status;
      }
    }
  });
  for (const auto& round : seen) {
    for (std::size_t i = 0; i < kSessions; ++i) {
      std::map<int, int> counts;
      for (const auto& caller : round) ++counts[caller[i]];
      EXPECT_EQ(counts, (std::map<int, int>{{200, kCallers - 3}, {429, 2}, {500, 1}}));
    }
  }
}

TEST(ManyCallers, AreLimitedExactly) {
  TestWorld world(OptionsPlaying("limits: [{allow: 100, per: 1h}]\n"));
  std::array<std::atomic<int>, 600> counts{};
  AtOnce(64, [&](int) {
    for (int i = 0; i < 5; ++i) {
      ++counts[static_cast<std::size_t>(world.Send(GoodCallOf("fivetran").Make()).status)];
    }
  });
  EXPECT_EQ(counts[201], 100);
  EXPECT_EQ(counts[429], 220);
}

TEST(ManyCallers, ShareNothingAcrossSessions) {
  constexpr int kWorlds = 200;
  TestWorld world({.scenario = "throttled-twice"});
  std::vector<std::string> failures(kWorlds);
  AtOnce(kWorlds, [&](int i) {
    const std::string name = "w" + std::to_string(i);
    world.session(name)->clock().Advance(std::chrono::seconds(i));
    std::string statuses;
    std::string created;
    for (int n = 0; n < 4; ++n) {
      const Response response = world.Send(GoodCallOf("airweave").With("k@" + name));
      statuses += std::to_string(response.status) + " ";
      if (response.status == 200) created = Json::Parse(response.body)->Get("created_at").Dump();
    }
    const auto session = world.session(name);
    const Time time = *ParseTime("2026-01-15T10:00:00Z") + std::chrono::seconds(i);
    std::string& failure = failures[static_cast<std::size_t>(i)];
    if (statuses != "429 429 200 200 ") failure += statuses;
    if (created != "\"" + FormatMicrosNaive(time) + "\"") failure += created;
    if (session->world().store().Count("airweave.source_connection") != 2) failure += " store";
    if (session->journal().last_id() != 4) failure += " journal";
  });
  for (const std::string& failure : failures) EXPECT_EQ(failure, "");
}

TEST(ManyCallers, KeepAJournalWithinItsBounds) {
  WorldOptions options;
  options.limits.journal.bytes = 4 * 1024UZ * 1024;
  TestWorld world(options);
  constexpr int kRequests = 20'000;
  AtOnce(8, [&](int) {
    for (int i = 0; i < kRequests / 8; ++i) world.Send(GoodCallOf("supermetrics").Make());
  });
  const Journal& journal = world.session()->journal();
  EXPECT_EQ(journal.total(), static_cast<unsigned>(kRequests));
  EXPECT_LE(journal.size(), 10'000u);
  EXPECT_LE(journal.bytes(), options.limits.journal.bytes);
  EXPECT_TRUE(journal.truncated());
  EXPECT_EQ(journal.evicted(), kRequests - journal.size());
}

}  // namespace
}  // namespace mockduit
