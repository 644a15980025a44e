#include "server/response_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace mockduit {
namespace {

std::string Written(const Response& response, std::string_view method = "GET",
                    ConnectionField connection = ConnectionField::kNone) {
  std::string out;
  AppendResponse(response, method, connection, out);
  return out;
}

TEST(ResponseWriter, WritesStatusFieldsInOrderLengthAndBody) {
  EXPECT_EQ(Written({201, {{"B", "2"}, {"A", "1"}}, "hello"}),
            "HTTP/1.1 201 Created\r\nB: 2\r\nA: 1\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(ResponseWriter, WritesAnEmptyBodyWithItsLength) {
  EXPECT_EQ(Written({}), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseWriter, LeavesTheBodyOutForHead) {
  EXPECT_EQ(Written({200, {}, "hello"}, "HEAD"), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseWriter, WritesNeitherLengthNorBodyWhereThereIsNone) {
  EXPECT_EQ(Written({204, {}, "x"}), "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(Written({304, {}, "x"}), "HTTP/1.1 304 Not Modified\r\n\r\n");
}

TEST(ResponseWriter, SaysWhatBecomesOfTheConnection) {
  EXPECT_EQ(Written({}, "GET", ConnectionField::kClose),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(Written({}, "GET", ConnectionField::kKeepAlive),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ResponseWriter, LeavesOutTheFieldsThatAreTheDoors) {
  EXPECT_EQ(
      Written({200,
               {{"content-length", "9"}, {"Transfer-Encoding", "chunked"}, {"connection", "x"}},
               "hi"}),
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
}

TEST(ResponseWriter, NeverLetsAValueBreakTheLine) {
  EXPECT_EQ(Written({200, {{"Location", "/a\r\nSet-Cookie: b"}}, ""}),
            "HTTP/1.1 200 OK\r\nLocation: /a  Set-Cookie: b\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseWriter, WritesAHeadForEachFraming) {
  const auto head = [](BodyFraming framing, int status) {
    std::string out;
    AppendHead({status, {}, "hello"}, framing, ConnectionField::kNone, out);
    return out;
  };
  EXPECT_EQ(head(BodyFraming::kLength, 200), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(head(BodyFraming::kChunked, 200),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(head(BodyFraming::kNone, 200), "HTTP/1.1 200 OK\r\n\r\n");
  EXPECT_EQ(head(BodyFraming::kChunked, 204), "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(ResponseWriter, WritesChunks) {
  std::string out;
  AppendChunk("hello, hello, hello", out);
  AppendChunk("", out);
  EXPECT_EQ(out, "13\r\nhello, hello, hello\r\n0\r\n\r\n");
}

TEST(ResponseWriter, AppendsToWhatIsThere) {
  std::string out = "before ";
  AppendResponse({}, "GET", ConnectionField::kNone, out);
  EXPECT_TRUE(out.starts_with("before HTTP/1.1 200 OK\r\n"));
}

}  // namespace
}  // namespace mockduit
