// The HTTP server at the limits of connections and threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <list>

#include "raw_client.h"
#include "test_server.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kGetX = "GET /x HTTP/1.1\r\nHost: t\r\n\r\n";

TEST(HttpServer, ClosesTheConnectionThatIsIdleLongestForANewOne) {
  TestServer server({.connections = 2});
  RawClient first(server.port());
  EXPECT_EQ(first.Ask(kGetX).status, 200);
  RawClient second(server.port());
  EXPECT_EQ(second.Ask(kGetX).status, 200);
  server.AwaitIdle(2);
  EXPECT_EQ(first.Ask(kGetX).status, 200);  // now the second is idle longest
  server.AwaitIdle(2);
  RawClient third(server.port());
  EXPECT_EQ(third.Ask(kGetX).status, 200);
  EXPECT_TRUE(second.SeesTheEnd());
  EXPECT_EQ(first.Ask(kGetX).status, 200);
}

TEST(HttpServer, KeepsANewConnectionWaitingWhileNoneIsIdle) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> entered;
  TestServer server({.connections = 1}, [&, released](const Request& request) {
    if (request.path == "/wait") {
      entered.set_value();
      released.wait();
    }
    return Response{};
  });
  RawClient busy(server.port());
  busy.Send("GET /wait HTTP/1.1\r\nHost: t\r\n\r\n");
  entered.get_future().wait();
  RawClient waiting(server.port());
  waiting.Send(kGetX);
  release.set_value();
  EXPECT_EQ(busy.ReadAnswer().status, 200);
  EXPECT_EQ(waiting.ReadAnswer().status, 200);
}

TEST(HttpServer, ServesManyConnectionsWithOneThread) {
  TestServer server({.threads = 1});
  std::list<RawClient> clients;
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(clients.emplace_back(server.port()).Ask(kGetX).status, 200);
  for (RawClient& client : clients) EXPECT_EQ(client.Ask(kGetX).status, 200);
}

TEST(HttpServer, AnswersConnectionsWith503WhereThereIsNoThread) {
  TestServer server({.threads = 0});
  for (int i = 0; i < 100; ++i) {
    RawClient refused(server.port());
    const RawAnswer answer = refused.Ask(kGetX);
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.head, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(answer.body, HasSubstr("no thread"));
    EXPECT_TRUE(refused.SeesTheEnd());
  }
}

TEST(WorkerPool, RefusesAJobForWhichThereIsNoThread) {
  std::promise<void> release;
  WorkerPool pool(std::chrono::seconds(60), 1);
  EXPECT_TRUE(pool.Run([&] { release.get_future().wait(); }));
  EXPECT_FALSE(pool.Run([] {}));
  release.set_value();
}

}  // namespace
}  // namespace mockduit
