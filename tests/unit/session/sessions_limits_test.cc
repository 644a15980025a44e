// How many sessions there may be and for how long, and how many bytes they may hold.
#include <gmock/gmock.h>

#include "session/exchange_codec.h"
#include "unit/session/worlds.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

TEST_F(WorldsTest, DropWhatWasIdleLongestPastTheLimit) {
  Sessions sessions = Made();
  for (const char* name : {"a", "b", "c"}) {
    sessions.Get(name);
    real_.Advance(std::chrono::seconds(1));
  }
  sessions.Get("a");
  sessions.Get("d");
  EXPECT_THAT(Names(sessions), ElementsAre("a", "c", "d"));
  EXPECT_THAT(notes_.lines, ElementsAre("there are 3 sessions, the most there may be; b, which was "
                                        "idle longest, is dropped"));
  EXPECT_EQ(sessions.CountEvictions().sessions, 1u);
}

TEST_F(WorldsTest, DropWhatWasIdleForTooLong) {
  Sessions sessions = Made();
  sessions.Get("a");
  real_.Advance(std::chrono::minutes(30));
  sessions.Get("b");
  real_.Advance(std::chrono::minutes(31));
  sessions.DropIdle();
  EXPECT_THAT(Names(sessions), ElementsAre("b"));
  EXPECT_THAT(notes_.lines, ElementsAre("session a was idle for more than 1h and is dropped"));
}

TEST_F(WorldsTest, ShortenTheLongestJournalsWhereAllTogetherAreTooLong) {
  Exchange exchange;
  exchange.request.body = std::string(1000, 'a');
  const std::string encoded = EncodeExchange(exchange);
  limits_.journal = {.exchanges = 1000, .bytes = 80 * encoded.size()};
  limits_.sessions = 10;
  Sessions sessions = Made();
  const auto record = [&](const char* name, int times) {
    const auto session = sessions.Get(name)->Enter();
    for (int i = 0; i < times; ++i) session->Record(encoded, nullptr);
  };
  const auto kept = [&](const char* name) { return sessions.Get(name)->Enter()->journal().size(); };
  record("short", 5);
  record("long", 50);
  record("longest", 70);
  EXPECT_EQ(kept("short"), 5u);
  EXPECT_EQ(kept("long"), 32u);
  EXPECT_EQ(kept("longest"), 32u) << "seven eighths of 80, less 5, in two";
  record("longest", 12);
  EXPECT_EQ(kept("longest"), 33u) << "what the others leave of seven eighths";
  EXPECT_EQ(kept("long"), 32u);
  EXPECT_TRUE(sessions.Get("long")->Enter()->journal().truncated());
  EXPECT_EQ(sessions.CountEvictions().exchanges, 125u + 12u - 5u - 32u - 33u);
}

TEST_F(WorldsTest, CountWhatHadToGoAlsoOfSessionsThatAreGone) {
  Sessions sessions = Made();
  const auto use = [&](const char* name) {
    const auto session = sessions.Get(name)->Enter();
    for (int i = 0; i < 5; ++i) {
      session->Record(EncodeExchange({}), nullptr);
      session->world().Put("v.thing", std::to_string(i), i);
    }
  };
  use("a");
  use("b");
  sessions.Drop("a");
  EXPECT_EQ(sessions.CountEvictions().exchanges, 6u);
  EXPECT_EQ(sessions.CountEvictions().resources, 6u);
}

TEST_F(WorldsTest, CountTheirOwnSeeds) {
  Sessions sessions = Made();
  const auto session = sessions.Get("a");
  const std::size_t before = sessions.bytes();
  const Json seed = *Json::Parse(R"({"v.thing":{"x":{"list":[[],[],[],[]]}}})");
  session->Enter()->SetSeedState(seed);
  const std::size_t of_store = session->Enter()->world().store().bytes();
  EXPECT_GT(sessions.bytes(), before + of_store);
  EXPECT_EQ(sessions.bytes(), session->Enter()->bytes());
  session->Enter()->SetSeedState({});
  EXPECT_EQ(sessions.bytes(), before);
}

TEST_F(WorldsTest, HoldSoManyBytesOfAnswersUnderWayButAlwaysOne) {
  limits_.memory = 400'000;
  Sessions sessions = Made();
  {
    const auto one = sessions.HoldAnswer(900'000);
    EXPECT_TRUE(one);
    EXPECT_GE(sessions.bytes(), 900'000u);
    EXPECT_FALSE(sessions.HoldAnswer(10'000));
    EXPECT_TRUE(sessions.HoldAnswer(100)) << "a short one is not counted";
  }
  EXPECT_LT(sessions.bytes(), 10'000u);
  const auto first = sessions.HoldAnswer(50'000);
  const auto second = sessions.HoldAnswer(50'000);
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(sessions.HoldAnswer(5'000));
}

TEST_F(WorldsTest, HoldSoManyBytesOfBodiesThatComeInButAlwaysOne) {
  limits_.memory = 400'000;
  Sessions sessions = Made();
  MemoryShare one;
  EXPECT_TRUE(sessions.HoldBody(300'000, one));
  EXPECT_TRUE(sessions.HoldBody(300'000, one)) << "one alone may always come";
  EXPECT_GE(sessions.bytes(), 600'000u);
  MemoryShare other;
  EXPECT_FALSE(sessions.HoldBody(70'000, other));
  one = {};
  EXPECT_TRUE(sessions.HoldBody(20'000, other)) << "the share that was refused is counted still";
  other = {};
  EXPECT_LT(sessions.bytes(), 10'000u);
}

}  // namespace
}  // namespace mockduit
