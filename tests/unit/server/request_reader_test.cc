#include "server/request_reader.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "unit/server/raw_client.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;

// One end of a connection for the reader, the other for the test.
class RequestReader : public testing::Test {
 protected:
  RequestReader() : RequestReader(Pair()) {}

  void Receive(std::string_view bytes) {
    ASSERT_EQ(write(client_.get(), bytes.data(), bytes.size()), std::ssize(bytes));
  }
  void ClientLeaves() { client_ = {}; }
  std::string SentToClient() {
    char bytes[4096];
    const ssize_t size = recv(client_.get(), bytes, sizeof bytes, MSG_DONTWAIT);
    return {bytes, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

  // The status of the objection; 200 when there is none.
  int Read() {
    head_ = {};
    auto objection = ReadHead(stream_, limits_, head_);
    MemoryShare held;
    if (!objection) objection = ReadBody(stream_, limits_, room_, head_, held);
    held_ = held.bytes();
    reason_ = objection ? objection->reason : "";
    return objection ? objection->status : 200;
  }

  // A handler that has room for so many bytes.
  struct Room : Handler {
    Response Handle(Request) override { return {}; }
    Response Refuse(Refusal) override { return {}; }
    bool HoldBody(std::size_t bytes, MemoryShare& held) override {
      held.Add(bytes);
      return held.bytes() <= most;
    }
    std::size_t most = 1'000'000'000;
  };

  ServerLimits limits_;
  Room room_;
  Head head_;
  std::string reason_;
  std::size_t held_ = 0;  // by the body, when it was read

 private:
  using Ends = std::pair<FileDescriptor, FileDescriptor>;

  static Ends Pair() {
    int ends[2] = {-1, -1};
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
  }
  explicit RequestReader(Ends ends)
      : client_(std::move(ends.first)), stream_(std::move(ends.second)) {}

  FileDescriptor client_;
  WireStream stream_;
};

TEST_F(RequestReader, ReadsTwoRequestsThatCameAtOnce) {
  Receive(Post("Content-Length: 3\r\n", "one") + Post("Content-Length: 3\r\n", "two"));
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(head_.request.body, "one");
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(head_.request.body, "two");
}

TEST_F(RequestReader, AsksForRoomAsALongBodyComesIn) {
  limits_.body_deadline = milliseconds(20);
  Receive(Post("Content-Length: 1000\r\n", std::string(1000, 'x')));
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(held_, 0u) << "a short one is not counted";
  Receive(Post("Content-Length: 200000\r\n", std::string(150'000, 'x')));
  EXPECT_EQ(Read(), 408) << "what was announced is not there";
  EXPECT_GT(held_, 80'000u);
  EXPECT_LE(held_, 150'000u);
}

TEST_F(RequestReader, RefusesABodyThatThereIsNoRoomFor) {
  room_.most = 100'000;
  Receive(Post("Content-Length: 200000\r\n", std::string(180'000, 'x')));
  EXPECT_EQ(Read(), 503);
  EXPECT_EQ(reason_,
            "There is no room for this body beside the others that are coming in (a quarter of "
            "--max-memory).");
}

TEST_F(RequestReader, RefusesAChunkedBodyThatThereIsNoRoomFor) {
  room_.most = 100'000;
  Receive(Post("Transfer-Encoding: chunked\r\n", "2bf20\r\n" + std::string(180'000, 'x')));
  EXPECT_EQ(Read(), 503);
}

TEST_F(RequestReader, ReadsAChunkedBodyAndWhatFollowsIt) {
  const std::string chunked = Post("Transfer-Encoding: chunked\r\n", "3\r\none\r\n0\r\n\r\n");
  Receive(chunked + Post(""));
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(head_.request.body, "one");
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(head_.request.body, "");
}

TEST_F(RequestReader, ReadsABodyThatIsLargerThanItsBuffer) {
  Receive(Post("Content-Length: 50000\r\n", std::string(50'000, 'x')));
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(head_.request.body, std::string(50'000, 'x'));
}

TEST_F(RequestReader, RefusesALongBodyBeforeItComes) {
  Receive(Post("Content-Length: 1048577\r\n"));
  EXPECT_EQ(Read(), 413);
  EXPECT_EQ(reason_, "The body has 1048577 bytes; at most 1048576 are taken.");
}

TEST_F(RequestReader, SaysContinueToAClientThatWaits) {
  limits_.body_deadline = milliseconds(20);
  Receive(Post("Content-Length: 3\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(Read(), 408);
  EXPECT_EQ(SentToClient(), "HTTP/1.1 100 Continue\r\n\r\n");
}

TEST_F(RequestReader, SavesTheContinueWhenTheBodyIsThere) {
  Receive(Post("Content-Length: 3\r\nExpect: 100-continue\r\n", "one"));
  EXPECT_EQ(Read(), 200);
  EXPECT_EQ(SentToClient(), "");
}

TEST_F(RequestReader, SaysNoContinueToABodyThatIsTooLong) {
  Receive(Post("Content-Length: 9999999\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(Read(), 413);
  EXPECT_EQ(SentToClient(), "");
}

TEST_F(RequestReader, RefusesAHeadThatTakesTooLong) {
  limits_.head_deadline = milliseconds(20);
  Receive("PUT /slow HTTP/1.1\r\nX: 1\r\nHos");
  EXPECT_EQ(Read(), 408);
  EXPECT_EQ(reason_, "The head of the request took too long to arrive.");
  EXPECT_EQ(head_.request.path, "/slow");
  EXPECT_EQ(head_.request.headers.Get("X"), "1");
}

TEST_F(RequestReader, RefusesABodyThatTakesTooLong) {
  limits_.body_deadline = milliseconds(20);
  Receive(Post("Content-Length: 3\r\n", "on"));
  EXPECT_EQ(Read(), 408);
  EXPECT_EQ(reason_, "The body of the request took too long to arrive.");
}

TEST_F(RequestReader, HasNobodyToAnswerWhenTheClientLeftInTheHead) {
  Receive("GET / HT");
  ClientLeaves();
  EXPECT_EQ(Read(), 0);
}

TEST_F(RequestReader, HasNobodyToAnswerWhenTheClientLeftInTheBody) {
  Receive(Post("Content-Length: 3\r\n", "on"));
  ClientLeaves();
  EXPECT_EQ(Read(), 0);
}

}  // namespace
}  // namespace mockduit
