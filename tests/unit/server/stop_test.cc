// A server that stops has no more time: what its clients then see of answers that take some.
#include <gmock/gmock.h>
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
using testing::HasSubstr;

// Without end, if it were for the grace.
const ServerLimits kPatient{.drain_grace = hours(1)};

TestServer::Answer Delivered(const Delivery& delivery) {
  return [=](const Request&) { return Response{200, {}, std::string(1000, 'x'), delivery}; };
}

TEST(Stop, CutsADelayShortAndAnswers) {
  std::promise<void> entered;
  TestServer server(kPatient, [&](const Request& request) {
    entered.set_value();
    return Delivered({.delay = hours(1)})(request);
  });
  RawClient client(server.port());
  client.Send(kGet);
  entered.get_future().wait();
  server.BeginStop();
  const RawAnswer answer = client.ReadAnswer();
  EXPECT_EQ(answer.body.size(), 1000U);
  EXPECT_THAT(answer.head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Stop, EndsAStall) {
  TestServer server(kPatient, Delivered({.fault = Fault::kStall, .stall = hours(1)}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_NE(client.ReadHead(), "");
  server.BeginStop();
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Stop, SendsTheRestOfASlowBodyAtOnce) {
  TestServer server(kPatient, Delivered({.fault = Fault::kSlow, .bytes = 1}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_NE(client.ReadHead(), "");
  server.BeginStop();
  EXPECT_EQ(client.ReadToTheEnd(), std::string(1000, 'x'));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Stop, EndsAStreamWithItsLastChunk) {
  Witness witness;
  TestServer server(kPatient, [&](const Request&) { return Response{.stream = witness.Stream()}; });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_NE(client.ReadHead(), "");
  witness.AwaitQuestion();
  server.BeginStop();
  EXPECT_EQ(client.ReadToTheEnd(), "0\r\n\r\n");
  EXPECT_TRUE(client.SeesTheEnd());
}

}  // namespace
}  // namespace mockduit
