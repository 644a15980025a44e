// One client and a server, over a real socket.
#include "server/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "base/guarded.h"
#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::string_view kGetWithQuery = "GET /a?b=c HTTP/1.1\r\nHost: t\r\n\r\n";

// A refused client gets the reason and then the end; the next one is answered.
void ExpectRefused(TestServer& server, RawClient& client, int status, std::string_view words) {
  const RawAnswer answer = client.ReadAnswer();
  EXPECT_EQ(answer.status, status);
  EXPECT_THAT(answer.head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(answer.body, HasSubstr(words));
  EXPECT_TRUE(client.SeesTheEnd());
  EXPECT_EQ(RawClient(server.port()).Ask(kGetWithQuery).status, 200);
}

TEST(Connection, AnswersManyRequestsOnOneConnection) {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 200; ++i) {
    const RawAnswer answer = client.Ask(kGetWithQuery);
    ASSERT_EQ(answer.head, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n");
    ASSERT_EQ(answer.body, "GET /a?b=c|");
  }
}

// So that a journal which is read at once is the same as one that is read later.
TEST(Connection, NotesAnAnswersEndBeforeTheClientCanHaveIt) {
  Guarded<std::shared_ptr<Passage>> passage;  // of the last request
  TestServer server({}, [&](Request request) {
    *passage.Enter() = request.passage;
    return Echo(std::move(request));
  });
  RawClient client(server.port());
  for (int i = 0; i < 200; ++i) {
    ASSERT_EQ(client.Ask(kGetWithQuery).status, 200);
    const Wire first = (*passage.Enter())->Look();
    ASSERT_GE(first.ended, first.arrived);
    server.AwaitIdle(1);
    ASSERT_EQ((*passage.Enter())->Look(), first);
  }
}

// So that whoever asks at once for a verdict gets the same as whoever asks later. On a busy machine
// the system itself may learn a moment later that the client has closed.
TEST(Connection, TellsAtOnceThatAClientHasLeft) {
  Guarded<std::shared_ptr<Passage>> passage;  // of the last request
  TestServer server({}, [&](Request request) {
    *passage.Enter() = request.passage;
    const Delivery stall{.fault = Fault::kStall, .stall = std::chrono::hours(1)};
    return Response{200, {}, "never sent", stall};
  });
  constexpr int kClients = 200;
  int told_at_once = 0;
  for (int i = 0; i < kClients; ++i) {
    RawClient client(server.port());
    client.Send(kGetWithQuery);
    ASSERT_NE(client.ReadHead(), "");
    ASSERT_FALSE((*passage.Enter())->Look().left);
    client.Close();
    Wire seen = (*passage.Enter())->Look();
    told_at_once += seen.left ? 1 : 0;
    while (!seen.left) seen = (*passage.Enter())->Look();
    ASSERT_GE(seen.ended, seen.arrived) << i;
  }
  EXPECT_GT(told_at_once, kClients / 2);
}

TEST(Connection, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("Content-Length: 3\r\n", "one") + std::string(kGetWithQuery) +
              Post("Transfer-Encoding: chunked\r\n", "3\r\ntwo\r\n0\r\n\r\n"));
  EXPECT_EQ(client.ReadAnswer().body, "POST /p?|one");
  EXPECT_EQ(client.ReadAnswer().body, "GET /a?b=c|");
  EXPECT_EQ(client.ReadAnswer().body, "POST /p?|two");
}

TEST(Connection, AnswersARequestThatComesByteByByte) {
  TestServer server;
  RawClient client(server.port());
  for (const char byte : Post("Content-Length: 3\r\n", "one")) client.Send({&byte, 1});
  EXPECT_EQ(client.ReadAnswer().body, "POST /p?|one");
}

TEST(Connection, ClosesWhenTheClientAsksForIt) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.ReadAnswer().head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Connection, ClosesAfterAnAnswerToHttp10) {
  TestServer server;
  RawClient client(server.port());
  EXPECT_THAT(client.Ask("GET / HTTP/1.0\r\n\r\n").head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Connection, KeepsHttp10WhenItAsksForIt) {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    const RawAnswer answer = client.Ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(answer.head, HasSubstr("\r\nConnection: keep-alive\r\n"));
  }
}

TEST(Connection, AnswersAClientThatHasFinishedSending) {
  TestServer server;
  RawClient client(server.port());
  client.Send(kGetWithQuery);
  client.FinishSending();
  EXPECT_EQ(client.ReadAnswer().status, 200);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Connection, AnswersHeadWithoutABody) {
  TestServer server;
  RawClient client(server.port());
  client.Send("HEAD / HTTP/1.1\r\nHost: t\r\n\r\n" + std::string(kGetWithQuery));
  EXPECT_THAT(client.ReadAnswer(false).head, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_EQ(client.ReadAnswer().body, "GET /a?b=c|");
}

TEST(Connection, SendsLargeAnswersWhole) {
  TestServer server({},
                    [](const Request&) { return Response{200, {}, std::string(5'000'000, 'x')}; });
  RawClient client(server.port());
  EXPECT_EQ(client.Ask(kGetWithQuery).body.size(), 5'000'000U);
  EXPECT_EQ(client.Ask(kGetWithQuery).body.size(), 5'000'000U);
}

TEST(Connection, TellsAWaitingClientToContinue) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("Content-Length: 3\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.ReadHead(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.Ask("one").body, "POST /p?|one");
}

TEST(Connection, RefusesAnUnknownExpectation) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("Content-Length: 3\r\nExpect: coffee\r\n", "one"));
  ExpectRefused(server, client, 417, "Expect \"coffee\" cannot be met");
}

TEST(Connection, RefusesAMalformedRequestAndDropsWhatFollows) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello") +
              std::string(kGetWithQuery));
  ExpectRefused(server, client, 400, "/p|Content-Length is repeated with another value");
}

TEST(Connection, RefusesAHeadOf100KiB) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("X: " + std::string(100UZ * 1024, 'x') + "\r\n"));
  ExpectRefused(server, client, 431, "/p|The head is longer than 16384 bytes.");
}

TEST(Connection, RefusesARequestLineOf10KiB) {
  TestServer server;
  RawClient client(server.port());
  client.Send("GET /" + std::string(10UZ * 1024, 'x') + " HTTP/1.1\r\nHost: t\r\n\r\n");
  ExpectRefused(server, client, 414, "The request line is longer than 8192 bytes.");
}

TEST(Connection, RefusesABodyOf2MiB) {
  TestServer server;
  RawClient client(server.port());
  client.Send(Post("Content-Length: 2097152\r\n", std::string(2'097'152, 'x')));
  ExpectRefused(server, client, 413, "The body has 2097152 bytes");
}

TEST(Connection, RefusesAChunkedBodyOf2MiB) {
  TestServer server;
  RawClient client(server.port());
  std::string chunks;
  for (int i = 0; i < 32; ++i) chunks += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  client.Send(Post("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n"));
  ExpectRefused(server, client, 413, "The body is longer than 1048576 bytes.");
}

TEST(Connection, RefusesAHeadWithoutABodyForHead) {
  TestServer server;
  RawClient client(server.port());
  client.Send("HEAD /x HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer(false).status, 400);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Connection, CutsAClientThatIsSlowerThanTheDeadline) {
  TestServer server({.head_deadline = milliseconds(30)});
  RawClient client(server.port());
  client.Send("GET /slow HTTP/1.1\r\nX: ");
  while (!client.HearsWithin(milliseconds(5))) client.Send("x");
  ExpectRefused(server, client, 408, "/slow|The head of the request took too long to arrive.");
}

TEST(Connection, OutlivesAClientThatLeavesInTheHead) {
  TestServer server;
  RawClient(server.port()).Send("GET / HT");
  EXPECT_EQ(RawClient(server.port()).Ask(kGetWithQuery).status, 200);
}

TEST(Connection, OutlivesAClientThatLeavesInTheBody) {
  TestServer server;
  RawClient(server.port()).Send(Post("Content-Length: 3\r\n", "on"));
  EXPECT_EQ(RawClient(server.port()).Ask(kGetWithQuery).status, 200);
}

TEST(Connection, OutlivesAClientThatLeavesBeforeItsAnswer) {
  TestServer server({},
                    [](const Request&) { return Response{200, {}, std::string(5'000'000, 'x')}; });
  RawClient(server.port()).Send(kGetWithQuery);
  EXPECT_EQ(RawClient(server.port()).Ask(kGetWithQuery).status, 200);
}

}  // namespace
}  // namespace mockduit
