// What a client sees of each fault, byte by byte.
#include "server/faults/faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <list>
#include <string>

#include "base/json.h"
#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"
#include "unit/server/witness.h"

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr std::string_view kHead = "HEAD / HTTP/1.1\r\nHost: t\r\n\r\n";
constexpr std::string_view kBody = R"({"a":"bcdefghij","k":[1,2,3]})";  // 29 bytes
constexpr std::string_view kHeadOfBody = "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 29\r\n\r\n";

// Answers "/plain" without the fault.
TestServer::Answer Faulty(const Delivery& delivery, int status = 200,
                          std::string_view body = kBody) {
  return [=](const Request& request) {
    Response response{status, {{"X-A", "b"}}, std::string(body)};
    if (request.path != "/plain") response.delivery = delivery;
    return response;
  };
}

RawAnswer AskPlain(RawClient& client) {
  return client.Ask("GET /plain HTTP/1.1\r\nHost: t\r\n\r\n");
}

TEST(Faults, ResetSendsAResetAndNothingElse) {
  TestServer server({}, Faulty({.fault = Fault::kReset}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_TRUE(client.SeesAReset());
}

TEST(Faults, EmptyClosesWithoutAByte) {
  TestServer server({}, Faulty({.fault = Fault::kEmpty}));
  RawClient client(server.port());
  client.Send(std::string(kGet) + "GET /pipelined");
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Faults, TruncateSendsHalfTheBodyUnderTheWholeLength) {
  TestServer server({}, Faulty({.fault = Fault::kTruncate}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(), std::string(kHeadOfBody) + std::string(kBody.substr(0, 14)));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Faults, TruncateSendsAsManyBytesAsItIsTold) {
  TestServer server({}, Faulty({.fault = Fault::kTruncate, .bytes = 3}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(), std::string(kHeadOfBody) + R"({"a)");
}

TEST(Faults, TruncateNeverSendsAllOfIt) {
  TestServer server({}, Faulty({.fault = Fault::kTruncate, .bytes = 1000}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(), std::string(kHeadOfBody) + std::string(kBody.substr(0, 28)));
}

TEST(Faults, TruncateCutsTheHeadWhereThereIsNoBody) {
  TestServer server({}, Faulty({.fault = Fault::kTruncate}, 204));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(), "HTTP/1.1 204 No C");
  RawClient other(server.port());
  other.Send(kHead);
  EXPECT_EQ(other.ReadToTheEnd(), "HTTP/1.1 204 No C");
}

TEST(Faults, MalformedBodyIsNoJsonInSoundHttp) {
  for (const std::string_view body : {kBody, std::string_view(), std::string_view("7"),
                                      std::string_view("[]"), std::string_view(R"("text")")}) {
    TestServer server({}, Faulty({.fault = Fault::kMalformedBody}, 201, body));
    RawClient client(server.port());
    const RawAnswer answer = client.Ask(kGet);
    EXPECT_EQ(answer.status, 201);
    EXPECT_THAT(answer.head, HasSubstr("\r\nX-A: b\r\n"));
    EXPECT_TRUE(answer.body.starts_with(body.substr(0, body.size() / 2)));
    EXPECT_FALSE(answer.body.empty());
    EXPECT_FALSE(Json::Parse(answer.body)) << answer.body;
    EXPECT_EQ(AskPlain(client).body, body);
  }
}

TEST(Faults, MalformedChunkHasNoSize) {
  TestServer server({}, Faulty({.fault = Fault::kMalformedChunk}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(),
            "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" +
                std::string(kBody.substr(0, 14)));
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Faults, StallSendsTheHeadThenNothingAndThenCloses) {
  TestServer server({}, Faulty({.fault = Fault::kStall, .stall = milliseconds(50)}));
  RawClient client(server.port());
  const auto start = steady_clock::now();
  client.Send(kGet);
  EXPECT_EQ(client.ReadHead(), kHeadOfBody);
  EXPECT_TRUE(client.SeesTheEnd());
  EXPECT_GE(steady_clock::now() - start, milliseconds(50));
}

TEST(Faults, StallCutsTheHeadWhereThereIsNoBody) {
  TestServer server({}, Faulty({.fault = Fault::kStall, .stall = milliseconds(1)}, 204));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadToTheEnd(), "HTTP/1.1 204 No C");
}

TEST(Faults, StallLastsWhenItHasNoLimit) {
  TestServer server({.linger = milliseconds(1)}, Faulty({.fault = Fault::kStall}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadHead(), kHeadOfBody);
  EXPECT_FALSE(client.HearsWithin(milliseconds(30)));
}

TEST(Faults, StallEndsWhenTheClientLeaves) {
  for (void (RawClient::* const leave)() : {&RawClient::Close, &RawClient::Reset}) {
    Witness witness;
    TestServer server({}, [&](const Request&) {
      const Delivery stall{.fault = Fault::kStall, .stall = hours(1)};
      return Response{200, {}, std::string(kBody), stall, witness.Stream()};
    });
    RawClient client(server.port());
    client.Send(kGet);
    EXPECT_NE(client.ReadHead(), "");
    (client.*leave)();
    EXPECT_TRUE(witness.SeesTheEnd());
  }
}

TEST(Faults, StallGoesOnForAClientThatHadFinishedSending) {
  std::promise<void> finished;
  TestServer server({}, [&](const Request& request) {
    finished.get_future().wait();
    return Faulty({.fault = Fault::kStall, .stall = milliseconds(50)})(request);
  });
  RawClient client(server.port());
  client.Send(kGet);
  client.FinishSending();
  const auto start = steady_clock::now();
  finished.set_value();
  EXPECT_EQ(client.ReadToTheEnd(), kHeadOfBody);
  EXPECT_GE(steady_clock::now() - start, milliseconds(50));
}

TEST(Faults, SlowTakesItsTimeAndKeepsTheConnection) {
  TestServer server({.write_deadline = milliseconds(20)},
                    Faulty({.fault = Fault::kSlow, .bytes = 290}));
  RawClient client(server.port());
  for (int i = 0; i < 2; ++i) {
    const auto start = steady_clock::now();
    const RawAnswer answer = client.Ask(kGet);
    EXPECT_GE(steady_clock::now() - start, milliseconds(100));
    EXPECT_EQ(answer.head, kHeadOfBody);
    EXPECT_EQ(answer.body, kBody);
  }
  EXPECT_EQ(AskPlain(client).body, kBody);
}

TEST(Faults, SlowSendsTheHeadAtOnceAndAtLeastAByteASecond) {
  TestServer server({.linger = milliseconds(1)}, Faulty({.fault = Fault::kSlow}));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadHead(), kHeadOfBody);
  const auto start = steady_clock::now();
  EXPECT_EQ(client.Read(1), "{");
  EXPECT_GE(steady_clock::now() - start, milliseconds(500));
}

TEST(Faults, SlowSendsALargeBodyWholeHoweverFast) {
  const std::string body(3'000'000, 'x');
  TestServer server({}, Faulty({.fault = Fault::kSlow, .bytes = SIZE_MAX}, 200, body));
  RawClient client(server.port());
  EXPECT_EQ(client.Ask(kGet).body, body);
}

TEST(Faults, SlowGivesUpAClientThatDoesNotRead) {
  const std::string body(20'000'000, 'x');
  Witness witness;
  TestServer server({.write_deadline = milliseconds(30)}, [&](const Request&) {
    const Delivery slow{.fault = Fault::kSlow, .bytes = SIZE_MAX};
    return Response{200, {}, body, slow, witness.Stream()};
  });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_TRUE(witness.SeesTheEnd());
  EXPECT_LT(client.ReadToTheEnd().size(), body.size());
}

TEST(Faults, SlowEndsWhenTheClientLeaves) {
  Witness witness;
  TestServer server({}, [&](const Request&) {
    const Delivery slow{.fault = Fault::kSlow, .bytes = 100};
    return Response{200, {}, std::string(1'000'000, 'x'), slow, witness.Stream()};
  });
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.Read(1).size(), 1U);
  client.Close();
  EXPECT_TRUE(witness.SeesTheEnd());
}

TEST(Faults, LeaveAnAnswerWithoutABodySound) {
  for (const Fault fault : {Fault::kMalformedBody, Fault::kMalformedChunk, Fault::kSlow}) {
    TestServer server({}, Faulty({.fault = fault}, 204));
    RawClient client(server.port());
    EXPECT_EQ(client.Ask(kGet).head, "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n");
    EXPECT_EQ(client.Ask(kHead).status, 204);

    TestServer other({}, Faulty({.fault = fault}));
    RawClient head_client(other.port());
    head_client.Send(kHead);
    EXPECT_EQ(head_client.ReadAnswer(false).status, 200);
    EXPECT_EQ(AskPlain(head_client).body, kBody);
  }
}

TEST(Faults, SayAndDoAsAClientWishesThatCloses) {
  TestServer server({}, Faulty({.fault = Fault::kSlow, .bytes = 1000}));
  RawClient client(server.port());
  const RawAnswer answer = client.Ask("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(answer.head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_EQ(answer.body, kBody);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST(Faults, DisturbNobodyElse) {
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kTruncate, Fault::kMalformedBody,
                            Fault::kMalformedChunk, Fault::kStall, Fault::kSlow}) {
    TestServer server({.linger = milliseconds(1)}, Faulty({.fault = fault}));
    std::list<RawClient> clients;
    for (int i = 0; i < 50; ++i) {
      RawClient(server.port()).Send(kGet);
      clients.emplace_back(server.port()).Send(kGet);
      RawClient plain(server.port());
      EXPECT_EQ(AskPlain(plain).body, kBody) << FaultName(fault);
    }
  }
}

}  // namespace
}  // namespace mockduit
