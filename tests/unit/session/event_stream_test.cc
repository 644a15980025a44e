#include "session/event_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "session/exchange_codec.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class EventStreamTest : public ::testing::Test {
 protected:
  std::shared_ptr<SharedSession> MakeSession(JournalLimits limits) {
    return std::make_shared<SharedSession>("s", SessionSettings{.seed = 7},
                                           SessionLimits{.journal = limits}, real_, Seeds());
  }
  void Record(int count) {
    for (int i = 0; i < count; ++i) session_->Enter()->Record(EncodeExchange({}), nullptr);
  }
  // What the stream sends without waiting.
  static std::string Next(EventStream& stream) {
    std::string bytes;
    EXPECT_TRUE(stream.Next(bytes, Duration(0)));
    return bytes;
  }
  static std::size_t CountEvents(const std::string& bytes, std::string_view name) {
    const std::string line = "event: " + std::string(name) + "\n";
    std::size_t count = 0;
    for (std::size_t at = bytes.find(line); at != std::string::npos;
         at = bytes.find(line, at + 1)) {
      ++count;
    }
    return count;
  }

  ManualClock real_{*ParseTime("2030-01-01")};
  std::shared_ptr<SharedSession> session_ = MakeSession({});
};

TEST_F(EventStreamTest, SendsExchangesAsTheyHappen) {
  EventStream stream(session_, 0);
  EXPECT_EQ(Next(stream), "");
  std::jthread later([&] { Record(1); });
  std::string bytes;
  EXPECT_TRUE(stream.Next(bytes, std::chrono::minutes(1)));
  EXPECT_EQ(bytes, "event: exchange\nid: 1\ndata: " +
                       session_->Enter()->journal().Find(1)->ToJson().Dump() + "\n\n");
}

TEST_F(EventStreamTest, BeginsAfterTheIdThatItsReaderHasSeen) {
  Record(3);
  EventStream last(session_, 3);
  EXPECT_EQ(Next(last), "");
  EventStream stream(session_, 2);
  EXPECT_THAT(Next(stream), HasSubstr("id: 3\n"));
}

TEST_F(EventStreamTest, BeginsAnewAfterAnIdFromBeforeAReset) {
  Record(1);
  EventStream stream(session_, 7);
  EXPECT_THAT(Next(stream), HasSubstr("event: exchange\nid: 1\n"));
}

TEST_F(EventStreamTest, SendsAHundredEventsAtATimeAndMissesNone) {
  Record(150);
  EventStream stream(session_, 0);
  EXPECT_EQ(CountEvents(Next(stream), "exchange"), 100u);
  const std::string rest = Next(stream);
  EXPECT_EQ(CountEvents(rest, "exchange"), 50u);
  EXPECT_THAT(rest, HasSubstr("event: exchange\nid: 101\n"));
  EXPECT_THAT(rest, Not(HasSubstr("truncated")));
}

TEST_F(EventStreamTest, SaysHowManyExchangesAreGone) {
  session_ = MakeSession({.exchanges = 2});
  Record(3);
  EventStream stream(session_, 0);
  EXPECT_THAT(Next(stream), HasSubstr("event: truncated\nid: 1\ndata: {\"missed\":1}\n\n"
                                      "event: exchange\nid: 2\n"));
}

TEST_F(EventStreamTest, SaysThatExchangesAreGoneAlsoWhereNoneIsLeft) {
  Record(2);
  EventStream stream(session_, 0);
  session_->Enter()->ClearJournal();
  EXPECT_EQ(Next(stream), "event: truncated\nid: 2\ndata: {\"missed\":2}\n\n");
  EXPECT_EQ(Next(stream), "");
}

TEST_F(EventStreamTest, BeginsAtTheFirstExchangeAfterAReset) {
  Record(5);
  EventStream stream(session_, 5);
  session_->Enter()->Reset({});
  Record(1);
  EXPECT_THAT(Next(stream), HasSubstr("event: exchange\nid: 1\n"));
}

TEST_F(EventStreamTest, SendsWhatIsLeftWhenItsSessionIsClosedAndThenEnds) {
  EventStream stream(session_, 0);
  Record(1);
  session_->Enter()->Close();
  EXPECT_THAT(Next(stream), HasSubstr("id: 1\n"));
  std::string bytes;
  EXPECT_FALSE(stream.Next(bytes, std::chrono::minutes(1)));
  EXPECT_EQ(bytes, "");
}

}  // namespace
}  // namespace mockduit
