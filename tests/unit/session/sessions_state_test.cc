// How sessions are kept in a file and taken up again.
#include <gmock/gmock.h>

#include "session/exchange_codec.h"
#include "unit/session/worlds.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(WorldsTest, AreTakenUpWhole) {
  Sessions before = Made();
  const auto session = before.Get("s");
  const auto play = [&](Session& in) {
    const Request request;
    in.ScriptOf(scenarios_.Find("one")).Take({"", &request, "/"}, in.Now());
  };
  const auto use = [&](Session& session) {
    session.SetScenario("one");
    session.world().Put("v.thing", "a", Json::MakeObject({{"n", nullptr}}));
    play(session);
    session.clock().Advance(std::chrono::seconds(61));
  };
  use(*session->Enter());
  Exchange exchange{.at = session->Enter()->Now(), .operation = "v.op", .outcome = "o", .play = 2};
  exchange.retry_after = {std::chrono::seconds(60), std::chrono::seconds(1)};
  exchange.response.status = 429;
  exchange.response.delivery = {.delay = std::chrono::milliseconds(150), .fault = Fault::kStall};
  for (int i = 0; i < 3; ++i) session->Enter()->Record(EncodeExchange(exchange), nullptr);
  session->Enter()->world().ids().Uuid7(exchange.at);

  const auto saved = Json::Parse(before.Save().Dump());
  Sessions after = Made();
  const auto lost = after.Restore(*saved, scenarios_, catalog_);
  ASSERT_TRUE(lost) << lost.error().message;
  EXPECT_THAT(*lost, IsEmpty());
  const auto kept = session->Enter();
  const auto again = after.Get("s")->Enter();
  EXPECT_EQ(again->Save().Dump(), kept->Save().Dump());
  EXPECT_EQ(FormatMicros(again->Now()), "2026-01-15T10:01:01.000000Z");
  EXPECT_EQ(again->world().ids().Uuid7(again->Now()), kept->world().ids().Uuid7(kept->Now()));
  EXPECT_EQ(again->journal().List({}).Dump(), kept->journal().List({}).Dump());
  EXPECT_EQ(again->Record(EncodeExchange({}), nullptr), 4u);
  again->Reset({});
  EXPECT_EQ(FormatMicros(again->Now()), "2026-01-15T10:00:00.000000Z");
}

// Whose requests they were, and which bodies were the same, is still known; the hashes are not.
TEST_F(WorldsTest, TellCallersAndBodiesApartAfterwards) {
  limits_.journal.exchanges = 3;
  Sessions before = Made();
  const auto session = before.Get("s");
  const std::uint64_t secret = 0x5EC12E7;
  for (const Marks marks : {Marks{secret, 1ULL << 60U, 5}, Marks{7, 0}, Marks{secret, 9, 5}}) {
    Exchange exchange;
    exchange.marks = marks;
    session->Enter()->Record(EncodeExchange(exchange), nullptr);
  }
  Json saved = before.Save();
  EXPECT_FALSE(saved.Dump().contains(std::to_string(secret)));

  Sessions after = Made();
  ASSERT_TRUE(after.Restore(saved, scenarios_, catalog_));
  const auto marks = [&](std::uint64_t id) {
    const Marks of = after.Get("s")->Enter()->journal().Find(id)->marks;
    return std::tuple(of.credential, of.body, of.cookie);
  };
  EXPECT_EQ(marks(1), std::tuple(1UL, 1UL, 1UL));
  EXPECT_EQ(marks(2), std::tuple(2UL, 0UL, 0UL));
  EXPECT_EQ(marks(3), std::tuple(1UL, 2UL, 1UL));
  EXPECT_EQ(after.Save().Dump(), saved.Dump()) << "and once more";

  saved.SetAt("/sessions/0/journal/requests/1/marks/body", -1);
  const auto damaged = Made().Restore(saved, scenarios_, catalog_);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().message, "/sessions/0/journal/requests/1/marks/body: it is no number");
}

TEST_F(WorldsTest, ReadAJournalOfAnEarlierProgramThatHasNoMarks) {
  for (const char* lacking : {"", "/cookie"}) {
    Sessions before = Made();
    before.Get("s")->Enter()->Record(EncodeExchange({}), nullptr);
    Json saved = before.Save();
    saved.SetAt("/sessions/0/journal/requests/0/marks" + std::string(lacking), nullptr);
    Sessions after = Made();
    ASSERT_TRUE(after.Restore(saved, scenarios_, catalog_));
    EXPECT_EQ(after.Get("s")->Enter()->journal().Find(1)->marks.cookie, 0u);
  }
}

TEST_F(WorldsTest, GoOnWithTheRealTimeHoweverFarItWasMoved) {
  settings_.clock = {};
  Sessions before = Made();
  before.Get("s")->Enter()->clock().Advance(std::chrono::hours(1));
  const Json saved = before.Save();
  real_.Advance(std::chrono::minutes(5));
  Sessions after = Made();
  ASSERT_TRUE(after.Restore(saved, scenarios_, catalog_));
  EXPECT_EQ(after.Get("s")->Enter()->Now(), *ParseTime("2030-01-01T01:05:00Z"));
}

TEST_F(WorldsTest, RefuseAStateWhoseClockIsTenThousandYearsAway) {
  settings_.clock = {};
  Sessions sessions = Made();
  sessions.Get("s");
  Json state = sessions.Save();
  for (const std::int64_t ahead : {INT64_MAX, -INT64_MAX}) {
    state.SetAt("/sessions/0/clock/ahead_micros", ahead);
    const auto restored = sessions.Restore(state, scenarios_, catalog_);
    ASSERT_FALSE(restored) << ahead;
    EXPECT_EQ(restored.error().message,
              "/sessions/0/clock/ahead_micros: it is more than 10,000 years");
  }
}

TEST_F(WorldsTest, TakeUpNoProgressInAScenarioThatSaysSomethingElse) {
  Sessions before = Made();
  before.Get("s")->Enter()->ScriptOf(scenarios_.Find("one"));
  Scenario other = *scenarios_.Find("one");
  other.text = "another";
  ScenarioLibrary changed;
  changed.Put(scenarios_.Find("success"));
  changed.Put(std::make_shared<const Scenario>(std::move(other)));
  const auto lost = Made().Restore(before.Save(), changed, catalog_);
  ASSERT_TRUE(lost);
  EXPECT_THAT(*lost, ElementsAre("session s: its progress in the scenario 'one'"));
}

TEST_F(WorldsTest, TakeUpTheProgressAfterOneThatIsLeftOut) {
  Sessions before = Made();
  Scenario gone;
  gone.name = "gone";
  before.Get("s")->Enter()->ScriptOf(std::make_shared<const Scenario>(std::move(gone)));
  before.Get("s")->Enter()->ScriptOf(scenarios_.Find("one"));
  Sessions after = Made();
  const auto lost = after.Restore(before.Save(), scenarios_, catalog_);
  ASSERT_TRUE(lost);
  EXPECT_THAT(*lost, ElementsAre("session s: its progress in the scenario 'gone'"));
  EXPECT_TRUE(after.Get("s")->Enter()->scripts().contains("one"));
  EXPECT_FALSE(after.Get("s")->Enter()->scripts().contains("gone"));
}

TEST_F(WorldsTest, SayWhatIsLeftOut) {
  Sessions before = Made();
  before.Get("s")->Enter()->ScriptOf(scenarios_.Find("one"));
  before.Get("s")->Enter()->SetEditions({{"v", "1"}});
  const auto lost = Made().Restore(before.Save(), ScenarioLibrary(), catalog_);
  ASSERT_TRUE(lost);
  EXPECT_THAT(*lost, ElementsAre("session s: its scenario 'success'", "session s: the edition of v",
                                 "session s: its progress in the scenario 'one'"));
}

// An entry of the state file's processes, with one member of another value.
Json Ongoing(std::string_view key, Json value) {
  Json entry = Json::MakeObject({{"lifecycle", "gone"},
                                 {"edition", "v1"},
                                 {"process", ""},
                                 {"scenario", ""},
                                 {"id", "box-1"},
                                 {"takes", "1s"},
                                 {"ends", ""},
                                 {"error", nullptr},
                                 {"begun", "2026-01-15T10:00:00.000000Z"},
                                 {"step", 0},
                                 {"after_polls", 0},
                                 {"polls", 0}});
  entry.Set(key, std::move(value));
  return entry;
}

TEST_F(WorldsTest, SayThatALifecycleIsGone) {
  Sessions before = Made();
  before.Get("s");
  Json saved = before.Save();
  saved.SetAt("/sessions/0/processes", Json::MakeArray({Ongoing("polls", 0)}));
  const auto lost = Made().Restore(saved, scenarios_, catalog_);
  ASSERT_TRUE(lost);
  EXPECT_THAT(*lost, ElementsAre("session s: the lifecycle 'gone' of 'box-1', which the contract "
                                 "of v1 does not have"));
}

TEST_F(WorldsTest, CountEveryChange) {
  Sessions sessions = Made();
  std::uint64_t before = sessions.CountChanges();
  const auto changed = [&] {
    const std::uint64_t now = sessions.CountChanges();
    return now > std::exchange(before, now);
  };
  EXPECT_FALSE(changed());
  sessions.Get("s");
  EXPECT_TRUE(changed());
  sessions.Get("s")->Enter()->Record(EncodeExchange({}), nullptr);
  EXPECT_TRUE(changed());
  sessions.Get("s")->Enter()->SetEditions({{"v", "1"}});
  EXPECT_TRUE(changed());
  sessions.Get("s")->Enter()->SetSeed(5);
  EXPECT_TRUE(changed());
  EXPECT_FALSE(changed());
  sessions.Drop("s");
  EXPECT_TRUE(changed());
  sessions.CatchUp();
  EXPECT_FALSE(changed());
}

TEST_F(WorldsTest, SayWhatIsWrongWithAStateAndStayAsTheyAre) {
  Sessions sessions = Made();
  sessions.Get("mine");
  Sessions other = Made();
  other.Get("s")->Enter()->Record(EncodeExchange({}), nullptr);
  const Json good = other.Save();
  const std::tuple<const char*, Json, const char*> kBroken[] = {
      {"/sessions", 5, "/sessions: it must be a list"},
      {"/sessions/0/name", "A B", "/sessions/0/name: it is no name"},
      {"/sessions/0/clock/setting", "noon", "/sessions/0/clock/setting: 'noon' is no time"},
      {"/sessions/0/clock/rate", -1, "/sessions/0/clock/rate: it is no rate"},
      {"/sessions/0/clock/rate", 1e-300, "/sessions/0/clock/rate: it is no rate"},
      {"/sessions/0/scenario", 5, "/sessions/0/scenario: it is no name"},
      {"/sessions/0/seed", "7", "/sessions/0/seed: it is no seed"},
      {"/sessions/0/editions", 5, "/sessions/0/editions: it must be an object"},
      {"/sessions/0/journal/total", -1, "/sessions/0/journal/total: it is no count"},
      {"/sessions/0/ids/uuid7_high", "x", "/sessions/0/ids/uuid7_high: it is no number"},
      {"/sessions/0/processes", 5, "/sessions/0/processes: it must be a list"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("polls", -1)}),
       "/sessions/0/processes/0/polls: it is no count"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("step", -1)}),
       "/sessions/0/processes/0/step: it is no count"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("after_polls", 1.5)}),
       "/sessions/0/processes/0/after_polls: it is no count"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("ends", 5)}),
       "/sessions/0/processes/0/ends: it must be text"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("id", nullptr)}),
       "/sessions/0/processes/0/id: it must be text"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("takes", "long")}),
       "/sessions/0/processes/0/takes: 'long' is no duration"},
      {"/sessions/0/processes", Json::MakeArray({Ongoing("polls", 1), Ongoing("begun", "noon")}),
       "/sessions/0/processes/1/begun: 'noon' is no time"},
      {"/sessions/0/processes", Json::MakeArray({5}),
       "/sessions/0/processes/0: it must be an object"},
      {"/sessions/0/ids/draws", 1e300, "/sessions/0/ids/draws: it is no count of draws"},
      {"/sessions/0/store", 5, "/sessions/0/store: the store must be an object of kinds"},
      {"/sessions/0/scripts", 5, "/sessions/0/scripts: it must be a list"},
      {"/sessions/0/journal/requests", 5, "/sessions/0/journal/requests: it must be a list"},
      {"/sessions/0/journal/requests/0/id", 0, "/sessions/0/journal/requests/0/id: ids must rise"},
      {"/sessions/0/journal/requests/0/at", "x", "/sessions/0/journal/requests/0/at: 'x' is"},
      {"/sessions/0/journal/requests/0/fault", "x", "fault: 'x' is not a fault"},
      {"/sessions/0/journal/requests/0/response/status", 5, "response/status: it is not a status"},
  };
  for (const auto& [place, value, message] : kBroken) {
    Json broken = good;
    broken.SetAt(place, value);
    const auto done = sessions.Restore(broken, scenarios_, catalog_);
    ASSERT_FALSE(done) << place;
    EXPECT_THAT(done.error().message, HasSubstr(message));
    EXPECT_THAT(Names(sessions), ElementsAre("mine"));
  }
}

}  // namespace
}  // namespace mockduit
