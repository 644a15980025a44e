#include "session/session.h"

#include <gtest/gtest.h>

#include <thread>

#include "session/exchange_codec.h"
#include "session/sessions.h"

namespace mockduit {
namespace {

const Seeds kSeeds(Seeds::Resources{{"v.collection", "c-1", R"("seeded")"}});

std::shared_ptr<const Scenario> OnePlay(const std::string& name) {
  Scenario scenario;
  scenario.name = name;
  scenario.rules.emplace_back().plays.push_back(Play{.outcome = "rate_limited"});
  return std::make_shared<const Scenario>(std::move(scenario));
}

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() {
    settings_.seed = 7;
    settings_.clock = *ClockSetting::Parse("2026-01-15@60");
  }

  struct Made : Session {
    explicit Made(SessionTest& test)
        : Session("s", test.settings_, {.journal = {.exchanges = 3}, .resources = 3}, test.real_,
                  kSeeds) {}
  };

  // Leaves a trace in every part of the session.
  void Use(Session& session) {
    session.world().Put("v.thing", "a", 1);
    session.Record(EncodeExchange({}), nullptr);
    const Request request;
    session.ScriptOf(scenario_).Take({"", &request, "/"}, Time());
    real_.Advance(std::chrono::seconds(1));
  }

  std::uint64_t Hits(Session& session) {
    return static_cast<std::uint64_t>(
        session.ScriptOf(scenario_).Progress().At("/rules/0/hits")->AsInteger());
  }

  SessionSettings settings_;
  ManualClock real_{*ParseTime("2030-01-01")};
  const std::shared_ptr<const Scenario> scenario_ = OnePlay("one");
};

TEST_F(SessionTest, StartsWithItsSeedResources) {
  Made session(*this);
  EXPECT_EQ(session.world().store().Snapshot().Dump(), R"({"v.collection":{"c-1":"seeded"}})");
}

TEST_F(SessionTest, TellsTheNewWorldNothingOfADeliveryFromBeforeAReset) {
  const auto rules = std::make_shared<const Webhooks>(Webhooks{.kind = "v.webhook"});
  Made session(*this);
  session.world().outbox().Queue({.webhook = "w", .rules = rules});
  const auto under_way = session.world().outbox().TakeDue(Time());
  ASSERT_TRUE(under_way);
  session.Reset({});
  session.world().Put("v.webhook", "w", *Json::Parse(R"({"active":true})"));
  session.Delivered(*under_way, {.status = 500});
  EXPECT_EQ(session.world().store().Find("v.webhook", "w")->Dump(), R"({"active":true})");
}

TEST_F(SessionTest, ResetsEveryPart) {
  Made session(*this);
  const std::string first_id = session.world().ids().Uuid4();
  Use(session);
  EXPECT_EQ(FormatMicros(session.Now()), "2026-01-15T00:01:00.000000Z");
  session.Reset({});
  EXPECT_EQ(session.world().store().Snapshot().Dump(), R"({"v.collection":{"c-1":"seeded"}})");
  EXPECT_EQ(session.journal().total(), 0u);
  EXPECT_EQ(session.Record(EncodeExchange({}), nullptr), 1u);
  EXPECT_EQ(Hits(session), 0u);
  EXPECT_EQ(FormatMicros(session.Now()), "2026-01-15T00:00:00.000000Z");
  EXPECT_EQ(session.world().ids().Uuid4(), first_id);
}

TEST_F(SessionTest, SparesWhatAResetIsToKeep) {
  const std::pair<const char*, Keep> kParts[] = {{"store", {.store = true}},
                                                 {"journal", {.journal = true}},
                                                 {"scenario", {.scenario = true}},
                                                 {"clock", {.clock = true}}};
  for (const auto& [part, keep] : kParts) {
    Made session(*this);
    Use(session);
    session.Reset(keep);
    EXPECT_EQ(session.world().store().Has("v.thing", "a"), keep.store) << part;
    EXPECT_EQ(session.journal().total(), keep.journal ? 1u : 0u) << part;
    EXPECT_EQ(Hits(session), keep.scenario ? 1u : 0u) << part;
    EXPECT_EQ(session.Now() != settings_.clock.start, keep.clock) << part;
  }
}

TEST_F(SessionTest, DrawsNoIdTwiceWhereTheStoreIsKept) {
  Made session(*this);
  const std::string first_id = session.world().ids().Uuid4();
  session.Reset({.store = true});
  EXPECT_NE(session.world().ids().Uuid4(), first_id);
}

TEST_F(SessionTest, BeginsItsIdsAnewFromANewSeed) {
  Made a(*this);
  Made b(*this);
  a.world().ids().Uuid4();
  a.SetSeed(99);
  b.SetSeed(99);
  EXPECT_EQ(a.world().ids().Uuid4(), b.world().ids().Uuid4());
  EXPECT_EQ(a.settings().seed, 99u);
}

TEST_F(SessionTest, KeepsProgressByScenario) {
  Made session(*this);
  const auto other = OnePlay("other");
  const Request request;
  session.ScriptOf(scenario_).Take({"", &request, "/"}, Time());
  EXPECT_TRUE(session.ScriptOf(scenario_).Completed());
  EXPECT_FALSE(session.ScriptOf(other).Completed());
}

TEST_F(SessionTest, BeginsAScenarioAnewThatWasReplacedUnderItsName) {
  Made session(*this);
  const Request request;
  session.ScriptOf(scenario_).Take({"", &request, "/"}, Time());
  EXPECT_FALSE(session.ScriptOf(OnePlay("one")).Completed());
}

TEST_F(SessionTest, BoundsItsStoreAndItsJournal) {
  Made session(*this);
  for (int i = 0; i < 5; ++i) {
    session.world().Put("v.thing", std::to_string(i), i);
    session.Record(EncodeExchange({}), nullptr);
  }
  EXPECT_EQ(session.world().store().Count("v.thing"), 3u);
  EXPECT_EQ(session.journal().Exchanges({}).size(), 3u);
}

class SessionsTest : public SessionTest {
 protected:
  Log log_;
  Sessions sessions_{settings_, {}, real_, kSeeds, log_};
};

TEST_F(SessionsTest, ComeIntoBeingOnFirstUse) {
  EXPECT_EQ(sessions_.Find("a"), nullptr);
  const auto session = sessions_.Get("a");
  EXPECT_EQ(sessions_.Find("a"), session);
  EXPECT_EQ(sessions_.Get("a"), session);
  EXPECT_EQ(session->name(), "a");
}

TEST_F(SessionsTest, AreListedByName) {
  sessions_.Get("b");
  sessions_.Get("a");
  ASSERT_EQ(sessions_.List().size(), 2u);
  EXPECT_EQ(sessions_.List().front()->name(), "a");
}

TEST_F(SessionsTest, AreNewAfterADrop) {
  const auto old = sessions_.Get("a");
  old->Enter()->world().Put("v.thing", "x", 1);
  EXPECT_TRUE(sessions_.Drop("a"));
  EXPECT_FALSE(sessions_.Drop("a"));
  EXPECT_FALSE(sessions_.Get("a")->Enter()->world().store().Has("v.thing", "x"));
}

TEST_F(SessionsTest, DrawOtherIdsBySessionAndTheSameInEveryRun) {
  Sessions again(settings_, {}, real_, kSeeds, log_);
  const std::string a = sessions_.Get("a")->Enter()->world().ids().Uuid4();
  EXPECT_NE(a, sessions_.Get("b")->Enter()->world().ids().Uuid4());
  EXPECT_EQ(a, again.Get("a")->Enter()->world().ids().Uuid4());
}

TEST_F(SessionsTest, HaveSeedsThatEveryJsonReaderTakesWhole) {
  for (const char* name : {"a", "b", "checkout-7", "default"}) {
    EXPECT_LT(*sessions_.Get(name)->Enter()->settings().seed, std::uint64_t{1} << 53);
  }
}

TEST_F(SessionsTest, DrawIdsAtRandomWithoutASeed) {
  settings_.seed.reset();
  Sessions random(settings_, {}, real_, kSeeds, log_);
  const std::string a = random.Get("a")->Enter()->world().ids().Uuid4();
  EXPECT_NE(a, random.Get("b")->Enter()->world().ids().Uuid4());
}

TEST_F(SessionsTest, AreMadeOnceWhenManyAsk) {
  std::vector<std::shared_ptr<SharedSession>> got(16);
  {
    std::vector<std::jthread> threads;
    for (auto& session : got) threads.emplace_back([&] { session = sessions_.Get("new"); });
  }
  for (const auto& session : got) EXPECT_EQ(session, got.front());
}

}  // namespace
}  // namespace mockduit
