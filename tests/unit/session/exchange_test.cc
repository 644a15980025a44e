#include "session/exchange.h"

#include <gtest/gtest.h>

#include "session/exchange_codec.h"

namespace mockduit {
namespace {

// No member has the value that a new exchange has, and no two numbers are the same.
Exchange Full() {
  Exchange exchange{.id = 7,
                    .at = *ParseTime("2026-01-15T10:00:00.5Z"),
                    .operation = "v.op",
                    .edition = "v2",
                    .outcome = "rate_limited",
                    .scenario = "busy",
                    .rule = "twice",
                    .play = 2,
                    .applied = true,
                    .scripted = true,
                    .passing = true,
                    .transient = true,
                    .going_on = true,
                    .abandoned = true,
                    .violation = "body.name: required",
                    .allowed_by = "v1",
                    .warning = "v1 has it",
                    .page = AnnouncedPage{3, "c4"},
                    .retry_after = AnnouncedWait{std::chrono::seconds(60), std::chrono::seconds(5),
                                                 *ParseTime("2026-01-15T10:00:06Z")},
                    .clock = {.rate = 12, .moved = std::chrono::seconds(2)},
                    .wire = Wire{.connection = 10,
                                 .request = 2,
                                 .opened = *ParseTime("2026-11-29T09:00:00Z"),
                                 .arrived = *ParseTime("2026-11-29T09:00:01Z"),
                                 .ended = *ParseTime("2026-11-29T09:00:02Z")},
                    .path_start = 6};
  exchange.request = {"POST", "/~busy/p", "q=1", {{"A", "1"}, {"a", "2"}}, "{}"};
  exchange.request_bytes = 8;
  exchange.response = {429, {{"B", "3"}}, "[]"};
  exchange.response.delivery = {.delay = std::chrono::milliseconds(1500), .fault = Fault::kSlow};
  exchange.response_bytes = 9;
  exchange.marks = {.credential = 11, .body = 12, .cookie = 13};
  return exchange;
}

constexpr const char* kFullJson =
    R"({"id":7,"at":"2026-01-15T10:00:00.500000Z","operation":"v.op","edition":"v2",)"
    R"("outcome":"rate_limited","scenario":"busy","rule":"twice","play":2,"applied":true,)"
    R"("scripted":true,"passing":true,"transient":true,"going_on":true,"abandoned":true,)"
    R"("violation":"body.name: required","allowed_by":"v1","warning":"v1 has it",)"
    R"("page":{"items":3,"next":"c4"},"fault":"slow","delay":1.5,)"
    R"("retry_after":{"seconds":5,"session_seconds":60,"date":"2026-01-15T10:00:06.000000Z"},)"
    R"("clock":{"rate":12.0,"moved":2},)"
    R"("wire":{"connection":10,"request":2,"opened":"2026-11-29T09:00:00.000000Z",)"
    R"("arrived":"2026-11-29T09:00:01.000000Z","ended":"2026-11-29T09:00:02.000000Z","closed":null},)"
    R"("request":{"method":"POST","path":"/~busy/p","path_start":6,"query":"q=1",)"
    R"("headers":[["A","1"],["a","2"]],"body":"{}","body_bytes":8},)"
    R"("response":{"status":429,"headers":[["B","3"]],"body":"[]","body_bytes":9}})";

TEST(Exchange, IsWrittenAsJsonWithEveryMember) { EXPECT_EQ(Full().ToJson().Dump(), kFullJson); }

TEST(Exchange, IsNullInJsonWhereItHasNothing) {
  EXPECT_EQ(Exchange{}.ToJson().Dump(),
            R"({"id":0,"at":"1970-01-01T00:00:00.000000Z","operation":null,"edition":null,)"
            R"("outcome":null,"scenario":null,"rule":null,"play":null,"applied":false,)"
            R"("scripted":false,"passing":false,"transient":false,"going_on":false,)"
            R"("abandoned":false,"violation":null,"allowed_by":null,"warning":null,"page":null,)"
            R"("fault":null,"delay":0,)"
            R"("retry_after":null,"clock":{"rate":1.0,"moved":0},"wire":null,)"
            R"("request":{"method":"GET","path":"/","path_start":0,"query":"","headers":[],)"
            R"("body":"","body_bytes":0},)"
            R"("response":{"status":200,"headers":[],"body":"","body_bytes":0}})");
}

TEST(Exchange, IsReadBackFromItsJson) {
  const auto read = Exchange::FromJson(*Json::Parse(kFullJson));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->ToJson().Dump(), kFullJson);
  EXPECT_EQ(read->marks.credential, 0u) << "marks are never written";
}

TEST(Exchange, ReadsALastPageAndATimeWithoutPartsOfASecond) {
  Json json = *Json::Parse(kFullJson);
  json.SetAt("/page/next", nullptr);
  json.SetAt("/delay", 2);
  EXPECT_EQ(Exchange::FromJson(json)->ToJson().Dump(), json.Dump());
}

TEST(Exchange, NamesTheMemberThatCannotBeRead) {
  const std::pair<const char*, const char*> kBroken[] = {
      {"/at", "at: "},
      {"/fault", "fault: 'x' is not a fault"},
      {"/response/status", "response/status: it is not a status"},
  };
  for (const auto& [pointer, message] : kBroken) {
    Json json = *Json::Parse(kFullJson);
    json.SetAt(pointer, "x");
    const auto read = Exchange::FromJson(json);
    ASSERT_FALSE(read) << pointer;
    EXPECT_TRUE(read.error().message.starts_with(message)) << read.error().message;
  }
}

TEST(Exchange, HasAStatusFrom100To599) {
  Json json = *Json::Parse(kFullJson);
  for (const int status : {99, 600, -1}) {
    json.SetAt("/response/status", status);
    EXPECT_FALSE(Exchange::FromJson(json)) << status;
  }
  for (const int status : {100, 599}) {
    json.SetAt("/response/status", status);
    EXPECT_EQ(Exchange::FromJson(json)->response.status, status);
  }
}

TEST(Exchange, ReadsEveryFaultByItsName) {
  Exchange exchange;
  for (const Fault fault : {Fault::kReset, Fault::kEmpty, Fault::kTruncate, Fault::kMalformedBody,
                            Fault::kMalformedChunk, Fault::kStall, Fault::kSlow}) {
    exchange.response.delivery.fault = fault;
    EXPECT_EQ(Exchange::FromJson(exchange.ToJson())->response.delivery.fault, fault);
  }
}

TEST(Exchange, CutsNumbersThatNoExchangeHas) {
  Json json = *Json::Parse(kFullJson);
  json.SetAt("/play", std::int64_t{1} << 40);
  json.SetAt("/request/body_bytes", -1);
  json.SetAt("/delay", 1e300);
  json.SetAt("/retry_after/seconds", -5);
  const auto read = Exchange::FromJson(json);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->play, 0u);
  EXPECT_EQ(read->request_bytes, 0u);
  EXPECT_EQ(read->response.delivery.delay, Duration(std::chrono::hours(100 * 365 * 24)));
  EXPECT_EQ(read->retry_after->client, Duration(0));
}

TEST(Exchange, LeavesOutHeadersThatAreNone) {
  Json json = *Json::Parse(kFullJson);
  json.SetAt("/request/headers", *Json::Parse(R"([["A"],"B",["C","1"],["D","2","3"],["E","4"],
                                                  ["F\r\nG: h","5"],["I: j","6"],["","7"]])"));
  const auto read = Exchange::FromJson(json);
  EXPECT_EQ(read->ToJson().At("/request/headers")->Dump(), R"([["C","1"],["E","4"]])");
}

TEST(ExchangeCodec, GivesBackEveryMemberButTheId) {
  Exchange exchange = Full();
  const Exchange decoded = DecodeExchange(EncodeExchange(exchange));
  exchange.id = 0;
  EXPECT_EQ(decoded.ToJson().Dump(), exchange.ToJson().Dump());
  EXPECT_EQ(decoded.marks.credential, 11u);
  EXPECT_EQ(decoded.marks.body, 12u);
  EXPECT_EQ(decoded.marks.cookie, 13u);
}

TEST(ExchangeCodec, GivesBackWhatIsAbsentAsAbsent) {
  const Exchange decoded = DecodeExchange(EncodeExchange({}));
  EXPECT_EQ(decoded.ToJson().Dump(), Exchange{}.ToJson().Dump());
}

TEST(ExchangeCodec, TakesOneBlockOfMemoryOfTheRightSize) {
  const std::string bytes = EncodeExchange(Full());
  EXPECT_EQ(bytes.size(), EncodeExchange(DecodeExchange(bytes)).size());
  EXPECT_EQ(bytes.capacity(), bytes.size());
}

TEST(ExchangeCodec, CutsLongBodies) {
  Exchange exchange;
  exchange.request.body = std::string(Exchange::kMaxBody + 1, 'a');
  exchange.response.body = std::string(Exchange::kMaxBody + 1, 'b');
  const Exchange kept = DecodeExchange(EncodeExchange(exchange));
  EXPECT_EQ(kept.request.body.size(), Exchange::kMaxBody);
  EXPECT_EQ(kept.response.body.size(), Exchange::kMaxBody);
}

TEST(ExchangeCodec, GivesBackEveryByteOfAnExchange) {
  Exchange exchange{.at = Time(Duration(-5)), .outcome = "o"};
  exchange.request = {"", "", "", {}, std::string("a\0b", 3)};
  exchange.response = {599, {{"", ""}}, ""};
  const Exchange kept = DecodeExchange(EncodeExchange(exchange));
  EXPECT_EQ(kept.at, Time(Duration(-5)));
  EXPECT_EQ(kept.outcome, "o");
  EXPECT_EQ(kept.request.body, std::string("a\0b", 3));
  EXPECT_EQ(kept.response.status, 599);
  EXPECT_EQ(kept.response.headers.fields().size(), 1u);
}

TEST(Exchange, IsJsonWhateverBytesWereSent) {
  Exchange exchange;
  exchange.request = {"GET", "/\xff", "q=\xfe", {{"A", "\x80"}}, std::string("\xff\0x", 3)};
  const auto json = Json::Parse(exchange.ToJson().Dump());
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ(json->At("/request/body")->AsString(), std::string_view("\uFFFD\0x", 5));
}

}  // namespace
}  // namespace mockduit
