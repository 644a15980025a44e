#include "server/wire_stream.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <chrono>
#include <string>
#include <thread>

#include "unit/server/ends.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Leave = WireStream::Leave;
using Status = WireStream::Status;
using Wake = WireStream::Wake;

TEST(WireStream, GathersWhatComesUntilItIsConsumed) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  ASSERT_EQ(write(ends.far.get(), "abc", 3), 3);
  EXPECT_EQ(stream.Fill(DeadlineIn(seconds(20))), Status::kOk);
  stream.Consume(1);
  ASSERT_EQ(write(ends.far.get(), "def", 3), 3);
  EXPECT_EQ(stream.Fill(DeadlineIn(seconds(20))), Status::kOk);
  EXPECT_EQ(stream.buffered(), "bcdef");
}

TEST(WireStream, GrowsForWhatIsNotConsumed) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  const std::string bytes(30'000, 'x');
  ASSERT_EQ(write(ends.far.get(), bytes.data(), bytes.size()), std::ssize(bytes));
  while (stream.buffered().size() < bytes.size())
    ASSERT_EQ(stream.Fill(DeadlineIn(seconds(20))), Status::kOk);
  EXPECT_EQ(stream.buffered(), bytes);
}

TEST(WireStream, IsLateWhenNothingComes) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  EXPECT_EQ(stream.Fill(DeadlineIn(milliseconds(5))), Status::kLate);
}

TEST(WireStream, IsGoneWhenTheOtherSideHasClosed) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  ends.far = {};
  EXPECT_EQ(stream.Fill(DeadlineIn(seconds(20))), Status::kGone);
  EXPECT_EQ(stream.Write("x", DeadlineIn(seconds(20))), Status::kGone);
}

TEST(WireStream, IsLateWhenNobodyTakesWhatItWrites) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  EXPECT_EQ(stream.Write(std::string(10'000'000, 'x'), DeadlineIn(milliseconds(20))),
            Status::kLate);
}

TEST(WireStream, WritesMoreThanTheSocketHolds) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  std::size_t received = 0;
  std::thread reader([&] {
    char bytes[4096];
    for (ssize_t size = 0; (size = recv(ends.far.get(), bytes, sizeof bytes, 0)) > 0;) {
      received += static_cast<std::size_t>(size);
    }
  });
  EXPECT_EQ(stream.Write(std::string(3'000'000, 'x'), DeadlineIn(seconds(60))), Status::kOk);
  stream.ShutDown();
  reader.join();
  EXPECT_EQ(received, 3'000'000U);
}

TEST(WireStream, IsWokenByAShutdownOfAnotherThread) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  std::thread other([&] { stream.ShutDownReading(); });
  EXPECT_EQ(stream.Fill(DeadlineIn(seconds(20))), Status::kGone);
  other.join();
}

class PausingStream : public testing::Test {
 protected:
  Wake Pause(Leave leave, std::chrono::milliseconds time = std::chrono::hours(1)) {
    return stream_.Pause(DeadlineIn(time), stop_, leave);
  }

  Ends ends_;
  WireStream stream_{std::move(ends_.near)};
  FileDescriptor stop_{eventfd(0, 0)};
};

TEST_F(PausingStream, IsWokenByTimeAndByNothingThatComes) {
  ASSERT_EQ(write(ends_.far.get(), "abc", 3), 3);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Pause(Leave::kFinish, milliseconds(20)), Wake::kTime);
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(20));
  EXPECT_EQ(stream_.Fill(DeadlineIn(seconds(20))), Status::kOk);
  EXPECT_EQ(stream_.buffered(), "abc");
}

TEST_F(PausingStream, SeesWhetherTheOtherSideHasFinished) {
  EXPECT_FALSE(stream_.Finished());
  shutdown(ends_.far.get(), SHUT_WR);
  EXPECT_TRUE(stream_.Finished());
  EXPECT_EQ(Pause(Leave::kReset, milliseconds(20)), Wake::kTime);
  EXPECT_EQ(Pause(Leave::kFinish), Wake::kGone);
}

TEST_F(PausingStream, IsWokenByTheEndOfTheOtherSide) {
  ends_.far = {};
  EXPECT_EQ(Pause(Leave::kReset), Wake::kGone);
}

TEST_F(PausingStream, IsWokenByTheStopForEver) {
  eventfd_write(stop_.get(), 1);
  ends_.far = {};
  EXPECT_EQ(Pause(Leave::kReset), Wake::kStop);
  EXPECT_EQ(Pause(Leave::kFinish), Wake::kStop);
}

TEST_F(PausingStream, WaitsACenturyAtMost) {
  eventfd_write(stop_.get(), 1);
  EXPECT_EQ(stream_.Pause(DeadlineIn(std::chrono::microseconds::max()), stop_, Leave::kReset),
            Wake::kStop);
}

TEST(WireStream, LingersUntilTheOtherSideHasReadAndClosed) {
  Ends ends;
  WireStream stream(std::move(ends.near));
  ASSERT_EQ(write(ends.far.get(), "late bytes", 10), 10);
  std::string received;
  std::thread client([&] {
    char bytes[16];
    const ssize_t size = recv(ends.far.get(), bytes, sizeof bytes, MSG_WAITALL);
    received.assign(bytes, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    ends.far = {};
  });
  EXPECT_EQ(stream.Write("bye", DeadlineIn(seconds(20))), Status::kOk);
  stream.Linger(DeadlineIn(seconds(20)));
  client.join();
  EXPECT_EQ(received, "bye");
}

}  // namespace
}  // namespace mockduit
