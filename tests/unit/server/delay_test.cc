// Answers that come late, and what ends the wait for them.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>

#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"
#include "unit/server/witness.h"

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kDelay(50);

TestServer::Answer Delayed(Duration delay, Fault fault = Fault::kNone) {
  return
      [=](const Request&) { return Response{200, {}, "late", {.delay = delay, .fault = fault}}; };
}

TEST(Delay, HoldsBackEveryAnswerOfAConnection) {
  TestServer server({.write_deadline = milliseconds(20)}, Delayed(kDelay));
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto start = steady_clock::now();
    EXPECT_EQ(client.Ask(kGet).body, "late");
    EXPECT_GE(steady_clock::now() - start, kDelay);
  }
}

TEST(Delay, ComesBeforeAFault) {
  TestServer server({}, Delayed(kDelay, Fault::kReset));
  RawClient client(server.port());
  const auto start = steady_clock::now();
  client.Send(kGet);
  EXPECT_TRUE(client.SeesAReset());
  EXPECT_GE(steady_clock::now() - start, kDelay);
}

TEST(Delay, KeepsPipelinedRequestsForLater) {
  TestServer server({}, Delayed(kDelay));
  RawClient client(server.port());
  client.Send(std::string(kGet) + std::string(kGet));
  EXPECT_EQ(client.ReadAnswer().body, "late");
  EXPECT_EQ(client.ReadAnswer().body, "late");
}

TEST(Delay, IsServedToAClientThatHasFinishedSending) {
  TestServer server({}, Delayed(kDelay));
  RawClient client(server.port());
  const auto start = steady_clock::now();
  client.Send(kGet);
  client.FinishSending();
  EXPECT_EQ(client.ReadAnswer().body, "late");
  EXPECT_GE(steady_clock::now() - start, kDelay);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Delay, EndsWhenTheClientIsGone) {
  Witness witness;
  std::promise<void> entered;
  TestServer server({}, [&](const Request&) {
    entered.set_value();
    return Response{200, {}, "", {.delay = hours(1)}, witness.Stream()};
  });
  RawClient client(server.port());
  client.Send(kGet);
  entered.get_future().wait();
  client.Reset();
  EXPECT_TRUE(witness.SeesTheEnd());
}

TEST(Delay, DisturbsNobodyElse) {
  TestServer server({}, [](const Request& request) {
    return request.path == "/plain" ? Response{} : Delayed(hours(1))(request);
  });
  for (int i = 0; i < 50; ++i) {
    RawClient(server.port()).Send(kGet);
    EXPECT_EQ(RawClient(server.port()).Ask("GET /plain HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
  }
}

}  // namespace
}  // namespace mockduit
