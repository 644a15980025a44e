#include "server/stream_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"
#include "unit/server/witness.h"

namespace mockduit {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kPlain = "GET /plain HTTP/1.1\r\nHost: t\r\n\r\n";

// Each portion in its turn; the last one comes with the end.
class Portions : public BodyStream {
 public:
  explicit Portions(std::deque<std::string> portions) : portions_(std::move(portions)) {}
  bool Next(std::string& bytes, Duration /*patience*/) override {
    bytes += portions_.front();
    portions_.pop_front();
    return !portions_.empty();
  }

 private:
  std::deque<std::string> portions_;
};

TestServer::Answer Streaming(const std::deque<std::string>& portions, int status = 200) {
  return [=](const Request& request) {
    if (request.path == "/plain") return Response{200, {}, "plain"};
    Response response{status, {{"Content-Type", "text/event-stream"}}, "never sent"};
    response.stream = std::make_shared<Portions>(portions);
    return response;
  };
}

// A stream that says one thing for ever.
class Refrain : public BodyStream {
 public:
  Refrain(std::string text, std::shared_ptr<BodyStream> witness)
      : text_(std::move(text)), witness_(std::move(witness)) {}
  bool Next(std::string& bytes, Duration /*patience*/) override {
    bytes += text_;
    return true;
  }

 private:
  const std::string text_;
  const std::shared_ptr<BodyStream> witness_;
};

TEST(StreamSender, SendsEachPortionAsAChunkAndKeepsTheConnection) {
  TestServer server({}, Streaming({"one", "", std::string(20, '2'), "three"}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadHead(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            "Transfer-Encoding: chunked\r\n\r\n");
  const std::string chunks = "3\r\none\r\n14\r\n22222222222222222222\r\n5\r\nthree\r\n0\r\n\r\n";
  EXPECT_EQ(client.Read(chunks.size()), chunks);
  EXPECT_EQ(client.Ask(kPlain).body, "plain");
}

TEST(StreamSender, EndsAStreamThatEndsWithoutAWord) {
  TestServer server({}, Streaming({"one", ""}));
  RawClient client(server.port());
  client.Send(kGet);
  client.ReadHead();
  EXPECT_EQ(client.ReadChunk(), "one");
  EXPECT_EQ(client.ReadChunk(), "");
  EXPECT_EQ(client.Ask(kPlain).body, "plain");
}

TEST(StreamSender, ClosesAfterTheStreamWhenTheClientAsksForIt) {
  TestServer server({}, Streaming({"one"}));
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.ReadHead(), HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_EQ(client.ReadToTheEnd(), "3\r\none\r\n0\r\n\r\n");
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(StreamSender, SendsHttp10TheBareBytesAndCloses) {
  TestServer server({}, Streaming({"one", "two"}));
  RawClient client(server.port());
  client.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.ReadHead(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.ReadToTheEnd(), "onetwo");
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(StreamSender, SendsNoBodyWhereNoneIsAllowed) {
  TestServer server({}, Streaming({"one"}));
  RawClient client(server.port());
  client.Send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_THAT(client.ReadHead(), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(client.Ask(kPlain).body, "plain");

  TestServer other({}, Streaming({"one"}, 204));
  RawClient other_client(other.port());
  other_client.Send(kGet);
  EXPECT_THAT(other_client.ReadHead(), Not(HasSubstr("Transfer-Encoding")));
  EXPECT_EQ(other_client.Ask(kPlain).body, "plain");
}

TEST(StreamSender, AsksASilentStreamNoMoreWhenTheClientHasLeft) {
  for (void (RawClient::* const leave)() : {&RawClient::Close, &RawClient::Reset}) {
    Witness witness;
    TestServer server({}, [&](const Request&) { return Response{.stream = witness.Stream()}; });
    RawClient client(server.port());
    client.Send(kGet);
    EXPECT_NE(client.ReadHead(), "");
    witness.AwaitQuestion();
    (client.*leave)();
    EXPECT_TRUE(witness.SeesTheEnd());
  }
}

TEST(StreamSender, AsksATalkingStreamNoMoreWhenTheClientHasLeft) {
  Witness witness;
  TestServer server({}, [&](const Request&) {
    return Response{.stream = std::make_shared<Refrain>("la", witness.Stream())};
  });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_NE(client.ReadHead(), "");
  EXPECT_EQ(client.ReadChunk(), "la");
  client.Close();
  EXPECT_TRUE(witness.SeesTheEnd());
}

TEST(StreamSender, GivesUpAClientThatDoesNotRead) {
  Witness witness;
  TestServer server({.write_deadline = std::chrono::milliseconds(30)}, [&](const Request&) {
    return Response{.stream =
                        std::make_shared<Refrain>(std::string(100'000, 'x'), witness.Stream())};
  });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_TRUE(witness.SeesTheEnd());
}

TEST(StreamSender, StreamsToAClientThatHadFinishedSending) {
  TestServer server({}, Streaming({"one", "two"}));
  RawClient client(server.port());
  client.Send("GET / HTTP/1.0\r\n\r\n");
  client.FinishSending();
  client.ReadHead();
  EXPECT_EQ(client.ReadToTheEnd(), "onetwo");
}

TEST(StreamSender, DisturbsNobodyElse) {
  Witness witness;
  TestServer server({}, [&](const Request& request) {
    return request.path == "/plain" ? Response{} : Response{.stream = witness.Stream()};
  });
  RawClient streaming(server.port());
  streaming.Send(kGet);
  witness.AwaitQuestion();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(RawClient(server.port()).Ask(kPlain).status, 200);
}

}  // namespace
}  // namespace mockduit
