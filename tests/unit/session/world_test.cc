#include "session/world.h"

#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using std::chrono::seconds;

constexpr const char* kWorldContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    job:
      kind: job
      takes: 10s
      steps:
        - {at: 0.1, set: {status: running, started: "{{now}}"}}
        - {at: 0.5, set: {note: "half of {{result.name}}"}}
      ends:
        done: {set: {status: done, ended: "{{now}}"}}
        failed: {set: {status: failed, error: '{{error ?? "unknown"}}'}}
    trip:
      kind: trip
      takes: 4s
      also_polled: {traveller: who}
      steps:
        - {at: 0, set: {place.now: road, run: "{{process.id}}"}}
      ends:
        arrived:
          set: {place.now: sea, met: null, ran: "{{process.id}}"}
          then:
            - {update: traveller, by: "{{result.who}}", set: {rests: "{{now}}"}}
            - {create: letter, id: id, resource: {id: "{{result.id}}", from: "{{result.place.now}}"}}
            - {begin: job, of: "{{found.letter.id}}-job"}
)";

class LifecycleTest : public ::testing::Test {
 protected:
  void Begin(const std::string& id, const Course& course = {}, int at = 0) {
    world_.Put("acme.job", id, Json::MakeObject({{"name", id}, {"status", "new"}}));
    world_.Begin(catalog_.FindLifecycle("acme.job"), id, course, At(at));
  }
  void SetOut(const Course& course = {}, int at = 0) {
    world_.Put("acme.trip", "t", *Json::Parse(R"({"id":"t","who":"ann"})"));
    world_.Put("acme.traveller", "ann", *Json::Parse(R"({"rests":null})"));
    world_.Begin(catalog_.FindLifecycle("acme.trip"), "t", course, At(at));
  }
  std::string JobAt(int second, const std::string& id) {
    world_.CatchUp(At(second).now);
    return Stored("acme.job", id);
  }
  std::string Stored(std::string_view kind, const std::string& id) {
    const auto found = world_.store().Find(kind, id);
    return found ? found->Dump() : "gone";
  }
  void Poll(std::string_view kind, std::string_view id) { world_.LookedAt(kind, id, Time()); }
  static Moment At(int second) { return {Time() + seconds(second), nullptr}; }

  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kWorldContract}});
  World world_{10, 7};
};

TEST_F(LifecycleTest, GoThroughTheirStepsEachAtItsOwnTime) {
  Begin("a");
  EXPECT_EQ(JobAt(0, "a"), R"({"name":"a","status":"new"})");
  EXPECT_EQ(JobAt(4, "a"),
            R"({"name":"a","status":"running","started":"1970-01-01T00:00:01.000000Z"})");
  EXPECT_EQ(JobAt(100, "a"),
            R"({"name":"a","status":"done","started":"1970-01-01T00:00:01.000000Z",)"
            R"("note":"half of a","ended":"1970-01-01T00:00:10.000000Z"})");
  EXPECT_TRUE(world_.calendar().empty());
}

TEST_F(LifecycleTest, TakeTheCourseThatAScenarioSays) {
  Begin("a", {.takes = seconds(100), .ends = "failed", .error = "went away"});
  Begin("b", {.takes = seconds(0), .ends = "failed"});
  EXPECT_NE(JobAt(99, "a").find("running"), std::string::npos);
  EXPECT_NE(JobAt(100, "a").find(R"("status":"failed","started":"1970-01-01T00:00:10.000000Z",)"
                                 R"("note":"half of a","error":"went away")"),
            std::string::npos);
  EXPECT_NE(JobAt(100, "b").find(R"("error":"unknown")"), std::string::npos);
}

TEST_F(LifecycleTest, DoAtOnceWhatStandsAtTheBeginning) {
  SetOut();
  EXPECT_NE(Stored("acme.trip", "t").find(R"("place":{"now":"road"})"), std::string::npos);
}

TEST_F(LifecycleTest, ChangeOtherThingsAsTheyEnd) {
  SetOut();
  JobAt(100, "");
  EXPECT_EQ(Stored("acme.traveller", "ann"), R"({"rests":"1970-01-01T00:00:04.000000Z"})");
  EXPECT_EQ(Stored("acme.letter", "t"), R"({"id":"t","from":"sea"})");
  const auto trip = world_.store().Find("acme.trip", "t");
  EXPECT_TRUE(trip->Find("met")->IsNull());
  EXPECT_EQ(trip->Get("run"), trip->Get("ran"));
  EXPECT_EQ(trip->Get("run").AsString().size(), 36U);
}

TEST_F(LifecycleTest, BeginAnewWhereOneGoesOnAlready) {
  SetOut({}, 0);
  SetOut({}, 3);
  JobAt(4, "");
  EXPECT_EQ(Stored("acme.letter", "t"), "gone") << "the first was dropped";
  JobAt(7, "");
  EXPECT_NE(Stored("acme.letter", "t"), "gone");
}

TEST_F(LifecycleTest, GoOnNoMoreOnceTheyAreStopped) {
  Begin("a");
  Begin("b");
  world_.Stop("acme.job", "a");
  world_.Stop("acme.job", "a");
  EXPECT_EQ(JobAt(100, "a"), R"({"name":"a","status":"new"})");
  EXPECT_NE(JobAt(100, "b").find("done"), std::string::npos);
}

TEST_F(LifecycleTest, GoByTheNumberOfLooksWhereAScenarioSaysSo) {
  SetOut({.after_polls = 3});
  JobAt(1'000, "");
  Poll("acme.trip", "t");
  Poll("acme.trip", "other");
  Poll("acme.traveller", "ann");
  Poll("acme.traveller", "bob");
  EXPECT_EQ(Stored("acme.letter", "t"), "gone");
  Poll("acme.trip", "");
  EXPECT_NE(Stored("acme.letter", "t"), "gone");
}

TEST_F(LifecycleTest, EndsWithItsResource) {
  Begin("a");
  world_.Remove("acme.job", "a");
  EXPECT_TRUE(world_.calendar().empty());
  Begin("b", {}, 0);
  world_.Remove("acme.job", "b");
  world_.Put("acme.job", "b", Json::MakeObject({{"name", "another"}}));
  EXPECT_EQ(JobAt(100, "b"), R"({"name":"another"})") << "the first one's end is not the second's";
}

TEST_F(LifecycleTest, EndsWhereTheStoreIsReplaced) {
  Begin("a");
  const Json snapshot = *Json::Parse(R"({"acme.job":{"a":{"name":"new"}}})");
  ASSERT_TRUE(world_.ReplaceResources(snapshot));
  EXPECT_EQ(JobAt(100, "a"), R"({"name":"new"})");
}

TEST_F(LifecycleTest, LeavesNoNoticeAndNoTurnWhereTheStoreIsReplaced) {
  world_.outbox().Queue({.webhook = "a"});
  ASSERT_TRUE(world_.RestoreTurns(Json::MakeObject({{"acme.job a", 1}})));
  ASSERT_TRUE(world_.ReplaceResources(Json::MakeObject()));
  EXPECT_TRUE(world_.outbox().notices().empty());
  EXPECT_EQ(world_.SaveTurns(), Json::MakeObject());
}

TEST_F(LifecycleTest, GoesOnWhereTheReplacementIsNoSnapshot) {
  Begin("a");
  EXPECT_FALSE(world_.ReplaceResources(*Json::Parse("[]")));
  EXPECT_NE(JobAt(100, "a").find("done"), std::string::npos);
}

TEST_F(LifecycleTest, PassesOverResourcesThatHadToGo) {
  Begin("a");
  for (int i = 0; i < 10; ++i) world_.Put("acme.job", "other" + std::to_string(i), Json());
  EXPECT_EQ(JobAt(100, "a"), "gone");
  EXPECT_TRUE(world_.calendar().empty());
}

TEST_F(LifecycleTest, IsKeptAndTakenUpAgain) {
  Begin("a", {.takes = seconds(20), .ends = "failed", .error = "went away"}, 5);
  JobAt(10, "a");
  const Json calendar = *Json::Parse(world_.calendar().Save().Dump());
  const Json store = world_.store().Snapshot();
  World later(10, 7);
  std::vector<std::string> lost;
  ASSERT_TRUE(later.Restore(Ids(7), store, calendar, catalog_, ScenarioLibrary(), lost));
  EXPECT_EQ(later.calendar().Save().Dump(), calendar.Dump());
  later.CatchUp(At(24).now);
  EXPECT_EQ(later.store().Find("acme.job", "a")->Dump().find("failed"), std::string::npos);
  later.CatchUp(At(25).now);
  EXPECT_NE(later.store().Find("acme.job", "a")->Dump().find("went away"), std::string::npos);
  EXPECT_TRUE(later.Restore(Ids(7), store, calendar, Catalog(), ScenarioLibrary(), lost));
  EXPECT_TRUE(later.calendar().empty()) << "its lifecycle is gone";
  EXPECT_FALSE(later.Restore(Ids(7), store, 5, catalog_, ScenarioLibrary(), lost));
}

constexpr const char* kEndless = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    again: {kind: job, takes: 1us, ends: {done: {then: [{begin: again}]}}}
    at_once: {kind: job, takes: 0s, ends: {done: {then: [{begin: at_once}]}}}
    offspring:
      kind: job
      takes: 1us
      ends:
        done:
          then:
            - {create: job, id: id, resource: {id: "{{uuid4}}"}}
            - {begin: offspring, of: "{{found.job.id}}"}
            - {create: job, id: id, resource: {id: "{{uuid4}}"}}
            - {begin: offspring, of: "{{found.job.id}}"}
)";

// Lifecycles that begin each other without end are stopped, and said to be.
class EndlessTest : public ::testing::TestWithParam<const char*> {};

TEST_P(EndlessTest, IsStoppedAndReported) {
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", kEndless}});
  World world(100'000, 7);
  world.Put("acme.job", "a", Json::MakeObject({{"id", "a"}}));
  world.Begin(catalog.FindLifecycle(GetParam()), "a", {}, {Time(), nullptr});
  const auto warning = world.CatchUp(Time() + std::chrono::hours(1));
  ASSERT_TRUE(warning);
  EXPECT_TRUE(warning->starts_with(std::string("the lifecycle ") + GetParam() + " of '"))
      << *warning;
  EXPECT_TRUE(warning->ends_with("more than 10010 times within a second of the session's time"));
  EXPECT_TRUE(world.TakeWarning()) << "for the log";
  EXPECT_FALSE(world.TakeWarning()) << "once";
  EXPECT_FALSE(world.CatchUp(Time() + std::chrono::hours(2))) << "nothing is left of it";
  EXPECT_TRUE(world.calendar().empty());
}

INSTANTIATE_TEST_SUITE_P(Lifecycles, EndlessTest,
                         ::testing::Values("acme.again", "acme.at_once", "acme.offspring"));

constexpr const char* kHourly = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    hourly: {kind: job, takes: 1h, ends: {done: {set: {last: "{{now}}"}, then: [{begin: hourly}]}}}
)";

TEST(Endless, IsNotWhatBeginsAgainAfterAWhile) {
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", kHourly}});
  World world(10, 7);
  world.Put("acme.job", "a", Json::MakeObject({{"id", "a"}, {"last", nullptr}}));
  world.Begin(catalog.FindLifecycle("acme.hourly"), "a", {}, {Time(), nullptr});
  EXPECT_FALSE(world.CatchUp(Time() + std::chrono::hours(20'000)));
  EXPECT_EQ(ParseTime(world.store().Find("acme.job", "a")->Get("last").AsString()),
            Time() + std::chrono::hours(20'000));
}

TEST(Endless, GoesOnInTheNextCatchUpWhereOneCannotDoAll) {
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", kHourly}});
  World world(10, 7, Store::kDefaultMaxBytes, 1'000);
  world.Put("acme.job", "a", Json::MakeObject({{"id", "a"}, {"last", nullptr}}));
  world.Begin(catalog.FindLifecycle("acme.hourly"), "a", {}, {Time(), nullptr});
  const Time until = Time() + std::chrono::hours(2'000);
  const auto warning = world.CatchUp(until);
  ASSERT_TRUE(warning);
  EXPECT_TRUE(warning->starts_with("the session is behind its clock: more than 1010 lifecycles"))
      << *warning;
  EXPECT_FALSE(world.CatchUp(until));
  EXPECT_EQ(ParseTime(world.store().Find("acme.job", "a")->Get("last").AsString()), until);
}

constexpr const char* kThorough = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    look:
      kind: job
      takes: 1s
      ends:
        done:
          then:
            - {each: job, where: {of: all}, then: [{each: job, where: {of: all}, then: [{update: job, by: "{{result.id}}", set: {seen: true}}]}]}
)";

constexpr const char* kBusy = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  lifecycles:
    tick:
      kind: job
      takes: 1s
      ends: {done: {set: {last: "{{now}}"}, then: [{update: job, where: {id: {contains: zz}}, set: {seen: true}}, {begin: tick}]}}
    grow:
      kind: job
      takes: 1s
      ends: {done: {then: [{each: job, where: {id: {not: x}}, then: [{set: {a: "{{result}}", b: "{{result}}"}}]}]}}
)";

class NoValues : public Scope {
 public:
  Json Value(const Hole& /*hole*/) override { return {}; }
};

class BusyTest : public ::testing::Test {
 protected:
  BusyTest() {
    for (int i = 0; i < 1'000; ++i) {
      std::string id = "job" + std::to_string(i);
      world_.Put("acme.job", id, Json::MakeObject({{"id", id}}));
    }
  }
  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kBusy}});
  World world_{1'000, 7};
};

TEST_F(BusyTest, DoesTheRestInTheNextCatchUpWhereItsStepsLookThroughMuch) {
  world_.Begin(catalog_.FindLifecycle("acme.tick"), "job0", {}, {Time(), nullptr});
  const Time until = Time() + seconds(600);
  EXPECT_EQ(world_.CatchUp(until),
            "the session is behind its clock: what was due at once did more than 500000 things; "
            "the rest is done with the next request");
  EXPECT_EQ(world_.CatchUp(until), std::nullopt);
  EXPECT_EQ(ParseTime(world_.store().Find("acme.job", "job0")->Get("last").AsString()), until);
}

TEST_F(BusyTest, IsStoppedWhereItsValuesDouble) {
  world_.Begin(catalog_.FindLifecycle("acme.grow"), "job0", {}, {Time(), nullptr});
  EXPECT_EQ(
      world_.CatchUp(Time() + seconds(1)),
      "the steps of acme.job 'job0' were stopped: they made more than 16777216 bytes at once");
  EXPECT_LT(world_.store().Find("acme.job", "job0")->Dump().size(), World::kMaxStepBytes);
}

TEST_F(BusyTest, CountsAllThatAnEffectLooksThrough) {
  Which which;
  which.kind = "acme.job";
  NoValues none;
  const World::Work work(world_);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(world_.Select(which, none).size(), 1'000U);
  EXPECT_FALSE(work.was_stopped());
  EXPECT_TRUE(world_.Select(which, none).empty());
  EXPECT_TRUE(work.was_stopped());
}

// What `count` jobs look like after one of them has looked at each job for each job.
std::optional<std::string> AfterALook(int count) {
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", kThorough}});
  World world(1'000, 7);
  for (int i = 0; i < count; ++i) {
    std::string id = "job" + std::to_string(i);
    world.Put("acme.job", id, Json::MakeObject({{"id", id}, {"of", "all"}}));
  }
  world.Begin(catalog.FindLifecycle("acme.look"), "job0", {}, {Time(), nullptr});
  return world.CatchUp(Time() + std::chrono::seconds(1));
}

TEST(Endless, IsNotWhatStepsDoForAHundredResources) { EXPECT_EQ(AfterALook(100), std::nullopt); }

TEST(Endless, AreStepsWithinStepsStoppedAndReported) {
  EXPECT_EQ(AfterALook(400),
            "the steps of acme.job 'job0' were stopped: they did more than 100000 things at once");
}

TEST_F(LifecycleTest, EndsWhereItsResourceHadToMakeRoom) {
  Begin("a");
  for (int i = 0; i < 10; ++i) world_.Put("acme.job", "other" + std::to_string(i), Json());
  EXPECT_TRUE(world_.calendar().empty());
}

TEST(LifecycleReader, TellsWhatIsWrong) {
  const std::string text =
      "openapi: 3.1.0\nx-mockduit:\n  vendor: acme\n  edition: v1\n  lifecycles:\n"
      "    job: {kind: job, takes: soon, steps: [{at: 2}]}\n";
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml", text}});
  ASSERT_FALSE(catalog);
  EXPECT_EQ(Texts(catalog.error()),
            (std::vector<std::string>{
                "f/acme/v1.yaml:6:10: 'ends' is missing here",
                "f/acme/v1.yaml:6:29: 'soon' is no duration; write it as 150ms, 2s, 1m30s or 1h",
                "f/acme/v1.yaml:6:48: 'at' must be a share of the time, from 0 to 1, not below the "
                "one before"}));
}

}  // namespace
}  // namespace mockduit
