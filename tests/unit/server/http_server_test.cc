#include "server/http_server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <future>
#include <list>
#include <string>
#include <thread>

#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"

namespace mockduit {
namespace {

using std::chrono::milliseconds;

class Silent : public Handler {
  Response Handle(Request) override { return {}; }
  Response Refuse(Refusal) override { return {}; }
};

TEST(HttpServer, TellsItsRealPort) {
  Silent handler;
  Log log;
  const auto server = HttpServer::Listen("127.0.0.1", 0, handler, {}, log);
  ASSERT_TRUE(server);
  EXPECT_GT((*server)->port(), 0);
  EXPECT_EQ((*server)->host(), "127.0.0.1");
}

TEST(HttpServer, SaysThatAPortIsTaken) {
  TestServer other;
  Silent handler;
  Log log;
  const auto server = HttpServer::Listen("127.0.0.1", other.port(), handler, {}, log);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().message,
            "port " + std::to_string(other.port()) + " on 127.0.0.1 is already in use");
}

TEST(HttpServer, SaysThatAHostIsNotThere) {
  Silent handler;
  Log log;
  const auto server = HttpServer::Listen("192.0.2.1", 0, handler, {}, log);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().message,
            "cannot listen on port 0 of 192.0.2.1: Cannot assign requested address");
}

TEST(HttpServer, AnswersANewClientBeside300IdleOnes) {
  TestServer server;
  std::list<RawClient> idle;
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(idle.emplace_back(server.port()).Ask(kGet).status, 200);
  }
  EXPECT_EQ(RawClient(server.port()).Ask(kGet).status, 200);
}

TEST(HttpServer, AnswersWhileAnotherRequestIsUnderWay) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  TestServer server({}, [released](const Request& request) {
    if (request.path == "/wait") released.wait();
    return Response{};
  });
  RawClient waiting(server.port());
  waiting.Send("GET /wait HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(RawClient(server.port()).Ask(kGet).status, 200);
  release.set_value();
  EXPECT_EQ(waiting.ReadAnswer().status, 200);
}

TEST(HttpServer, ReturnsAtOnceWhenStoppedBeforeItRuns) {
  Silent handler;
  Log log;
  const auto server = HttpServer::Listen("127.0.0.1", 0, handler, {}, log);
  (*server)->Stop();
  (*server)->Run();
}

TEST(HttpServer, ClosesIdleConnectionsWhenStopped) {
  TestServer server({.drain_grace = std::chrono::hours(1)});
  RawClient fresh(server.port());
  RawClient used(server.port());
  EXPECT_EQ(used.Ask(kGet).status, 200);
  server.Stop();
  EXPECT_TRUE(used.SeesTheEnd());
  EXPECT_TRUE(fresh.SeesTheEnd());
  EXPECT_FALSE(RawClient(server.port()).connected());
}

TEST(HttpServer, AnswersTheRequestUnderWayWhenStopped) {
  std::promise<void> entered;
  std::promise<void> release;
  TestServer server({}, [&](const Request&) {
    entered.set_value();
    release.get_future().wait();
    return Response{200, {}, "done"};
  });
  RawClient idle(server.port());
  RawClient client(server.port());
  client.Send(kGet);
  entered.get_future().wait();
  server.BeginStop();
  EXPECT_TRUE(idle.SeesTheEnd());
  release.set_value();
  const RawAnswer answer = client.ReadAnswer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_NE(answer.head.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(HttpServer, CutsWhatIsLeftAfterTheGrace) {
  TestServer server({.head_deadline = std::chrono::hours(1), .drain_grace = milliseconds(20)});
  RawClient client(server.port());
  EXPECT_EQ(client.Ask(std::string(kGet) + "GET /half").status, 200);
  server.Stop();
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(HttpServer, OutlivesALackOfDescriptors) {
  TestServer server;
  FileDescriptor socket_of_client(socket(AF_INET, SOCK_STREAM, 0));
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const int next_free = dup(0);
  close(next_free);
  const rlimit none_left{static_cast<rlim_t>(next_free), before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none_left);
  RawClient client(std::move(socket_of_client), server.port());
  client.Send(kGet);
  EXPECT_FALSE(client.HearsWithin(milliseconds(60)));
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(client.ReadAnswer().status, 200);
}

}  // namespace
}  // namespace mockduit
