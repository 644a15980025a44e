#include "session/processes.h"

#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using std::chrono::seconds;

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

class ProcessesTest : public ::testing::Test {
 protected:
  void Begin(const std::string& id, const Course& course = {}, int at = 0) {
    store_.Put("acme.job", id, Json::MakeObject({{"name", id}, {"status", "new"}}));
    WorldParts world = WorldAt(at);
    processes_.Begin(catalog_.FindLifecycle("acme.job"), id, course, world);
  }
  void SetOut(const Course& course = {}, int at = 0) {
    store_.Put("acme.trip", "t", *Json::Parse(R"({"id":"t","who":"ann"})"));
    store_.Put("acme.traveller", "ann", *Json::Parse(R"({"rests":null})"));
    WorldParts world = WorldAt(at);
    processes_.Begin(catalog_.FindLifecycle("acme.trip"), "t", course, world);
  }
  std::string At(int second, const std::string& id) {
    WorldParts world = WorldAt(second);
    processes_.Advance(world);
    return Stored("acme.job", id);
  }
  std::string Stored(std::string_view kind, const std::string& id) {
    const auto found = store_.Find(kind, id);
    return found ? found->Dump() : "gone";
  }
  void Poll(std::string_view kind, std::string_view id) {
    WorldParts world = WorldAt(0);
    processes_.Polled(kind, id, world);
  }
  WorldParts WorldAt(int second) {
    return {store_, ids_, processes_, outbox_, Time() + seconds(second), nullptr};
  }

  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kContract}});
  Store store_{10};
  Ids ids_{7};
  Outbox outbox_;
  Processes processes_;
};

TEST_F(ProcessesTest, GoThroughTheirStepsEachAtItsOwnTime) {
  Begin("a");
  EXPECT_EQ(At(0, "a"), R"({"name":"a","status":"new"})");
  EXPECT_EQ(At(4, "a"),
            R"({"name":"a","status":"running","started":"1970-01-01T00:00:01.000000Z"})");
  EXPECT_EQ(At(100, "a"), R"({"name":"a","status":"done","started":"1970-01-01T00:00:01.000000Z",)"
                          R"("note":"half of a","ended":"1970-01-01T00:00:10.000000Z"})");
  EXPECT_TRUE(processes_.empty());
}

TEST_F(ProcessesTest, TakeTheCourseThatAScenarioSays) {
  Begin("a", {.takes = seconds(100), .ends = "failed", .error = "went away"});
  Begin("b", {.takes = seconds(0), .ends = "failed"});
  EXPECT_NE(At(99, "a").find("running"), std::string::npos);
  EXPECT_NE(At(100, "a").find(R"("status":"failed","started":"1970-01-01T00:00:10.000000Z",)"
                              R"("note":"half of a","error":"went away")"),
            std::string::npos);
  EXPECT_NE(At(100, "b").find(R"("error":"unknown")"), std::string::npos);
}

TEST_F(ProcessesTest, DoAtOnceWhatStandsAtTheBeginning) {
  SetOut();
  EXPECT_NE(Stored("acme.trip", "t").find(R"("place":{"now":"road"})"), std::string::npos);
}

TEST_F(ProcessesTest, ChangeOtherThingsAsTheyEnd) {
  SetOut();
  At(100, "");
  EXPECT_EQ(Stored("acme.traveller", "ann"), R"({"rests":"1970-01-01T00:00:04.000000Z"})");
  EXPECT_EQ(Stored("acme.letter", "t"), R"({"id":"t","from":"sea"})");
  const auto trip = store_.Find("acme.trip", "t");
  EXPECT_TRUE(trip->Find("met")->IsNull());
  EXPECT_EQ(trip->Get("run"), trip->Get("ran"));
  EXPECT_EQ(trip->Get("run").AsString().size(), 36U);
}

TEST_F(ProcessesTest, BeginAnewWhereOneGoesOnAlready) {
  SetOut({}, 0);
  SetOut({}, 3);
  At(4, "");
  EXPECT_EQ(Stored("acme.letter", "t"), "gone") << "the first was dropped";
  At(7, "");
  EXPECT_NE(Stored("acme.letter", "t"), "gone");
}

TEST_F(ProcessesTest, GoOnNoMoreOnceTheyAreStopped) {
  Begin("a");
  Begin("b");
  processes_.Stop("acme.job", "a");
  processes_.Stop("acme.job", "a");
  EXPECT_EQ(At(100, "a"), R"({"name":"a","status":"new"})");
  EXPECT_NE(At(100, "b").find("done"), std::string::npos);
}

TEST_F(ProcessesTest, GoByTheNumberOfLooksWhereAScenarioSaysSo) {
  SetOut({.after_polls = 3});
  At(1'000, "");
  Poll("acme.trip", "t");
  Poll("acme.trip", "other");
  Poll("acme.traveller", "ann");
  Poll("acme.traveller", "bob");
  EXPECT_EQ(Stored("acme.letter", "t"), "gone");
  Poll("acme.trip", "");
  EXPECT_NE(Stored("acme.letter", "t"), "gone");
}

TEST_F(ProcessesTest, LeaveAloneWhatIsGone) {
  Begin("a");
  store_.Clear();
  EXPECT_EQ(At(100, "a"), "gone");
  EXPECT_TRUE(processes_.empty());
}

TEST_F(ProcessesTest, AreKeptAndTakenUpAgain) {
  Begin("a", {.takes = seconds(20), .ends = "failed", .error = "went away"}, 5);
  At(10, "a");
  const Json saved = *Json::Parse(processes_.Save().Dump());
  processes_.Clear();
  ASSERT_TRUE(processes_.Restore(saved, catalog_, {}));
  EXPECT_EQ(processes_.Save().Dump(), saved.Dump());
  EXPECT_EQ(At(24, "a").find("failed"), std::string::npos);
  EXPECT_NE(At(25, "a").find("went away"), std::string::npos);
  EXPECT_TRUE(processes_.Restore(saved, Catalog(), {}));
  EXPECT_TRUE(processes_.empty()) << "its lifecycle is gone";
  EXPECT_FALSE(processes_.Restore(5, catalog_, {}));
}

TEST(LifecycleReader, TellsWhatIsWrong) {
  const std::string text =
      "openapi: 3.1.0\nx-mockduit:\n  vendor: acme\n  edition: v1\n  lifecycles:\n"
      "    job: {kind: job, takes: soon, steps: [{at: 2}]}\n";
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml", text}});
  ASSERT_FALSE(catalog);
  EXPECT_EQ(Texts(catalog.error()),
            (std::vector<std::string>{
                "f/acme/v1.yaml:6:29: 'soon' is no duration; write it as 150ms, 2s, 1m30s or 1h",
                "f/acme/v1.yaml:6:43: 'at' must be a share of the time, from 0 to 1, not below the "
                "one before",
                "f/acme/v1.yaml:6:10: a lifecycle needs 'ends'"}));
}

}  // namespace
}  // namespace mockduit
