#include "server/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace mockduit {
namespace {

using testing::HasSubstr;

Framing Parsed(const Headers& headers, int minor_version = 1) {
  Framing framing;
  const auto objection = ParseFraming(headers, minor_version, framing);
  EXPECT_FALSE(objection) << objection->reason;
  return framing;
}

Objection Refused(const Headers& headers, int minor_version = 1) {
  Framing framing;
  return ParseFraming(headers, minor_version, framing).value_or(Objection{0, "it was taken"});
}

TEST(Framing, HasNoBodyWithoutAField) { EXPECT_FALSE(Parsed({}).has_body()); }

TEST(Framing, ReadsContentLength) {
  EXPECT_EQ(Parsed({{"content-length", "0042"}}).content_length, 42U);
}

TEST(Framing, ReadsChunkedWithoutRegardToCase) {
  EXPECT_TRUE(Parsed({{"Transfer-Encoding", "Chunked"}}).chunked);
}

TEST(Framing, RefusesAContentLengthThatIsNoNumber) {
  for (const std::string_view value : {"-1", "+5", "5, 5", "5 5", "0x5", "5.0", "five", "", "5;"}) {
    const Objection objection = Refused({{"Content-Length", std::string(value)}});
    EXPECT_EQ(objection.status, 400) << value;
    EXPECT_THAT(objection.reason, HasSubstr("is not a number of bytes")) << value;
  }
}

TEST(Framing, RefusesAContentLengthThatOverflows) {
  EXPECT_EQ(Refused({{"Content-Length", "18446744073709551616"}}).reason,
            "Content-Length \"18446744073709551616\" is more than can be counted "
            "(RFC 9112, section 6.3).");
}

TEST(Framing, RefusesARepeatedContentLengthWithAnotherValue) {
  EXPECT_EQ(Refused({{"Content-Length", "5"}, {"content-length", "6"}}).reason,
            "Content-Length is repeated with another value: \"5\" and \"6\" "
            "(RFC 9112, section 6.3).");
}

TEST(Framing, RefusesARepeatedContentLengthWithTheSameValue) {
  EXPECT_EQ(Refused({{"Content-Length", "5"}, {"Content-Length", "5"}}).reason,
            "Content-Length is repeated (RFC 9112, section 6.3).");
}

TEST(Framing, RefusesContentLengthBesideTransferEncoding) {
  EXPECT_EQ(Refused({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}).reason,
            "Transfer-Encoding and Content-Length stand side by side (RFC 9112, section 6.3).");
}

TEST(Framing, RefusesTransferEncodingOnHttp10) {
  EXPECT_EQ(Refused({{"Transfer-Encoding", "chunked"}}, 0).status, 400);
}

TEST(Framing, RefusesEveryTransferEncodingButOneChunked) {
  struct Case {
    Headers headers;
    int status;
  };
  const std::vector<Case> cases = {
      {{{"Transfer-Encoding", "gzip"}}, 400},
      {{{"Transfer-Encoding", "gzip, chunked"}}, 501},
      {{{"Transfer-Encoding", "gzip"}, {"Transfer-Encoding", "chunked"}}, 501},
      {{{"Transfer-Encoding", "identity"}}, 400},
      {{{"Transfer-Encoding", "xchunked"}}, 400},
      {{{"Transfer-Encoding", "chunked;a=b"}}, 400},
      {{{"Transfer-Encoding", "\"chunked\""}}, 400},
      {{{"Transfer-Encoding", "chunked, gzip"}}, 400},
      {{{"Transfer-Encoding", "chunked, chunked"}}, 400},
      {{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}, 400},
      {{{"Transfer-Encoding", ""}}, 400},
  };
  for (const auto& [headers, status] : cases) {
    EXPECT_EQ(Refused(headers).status, status) << headers.lines();
  }
}

TEST(Framing, SeesWhoWaitsForContinue) {
  EXPECT_TRUE(Parsed({{"Expect", "100-Continue"}}).expects_continue);
}

TEST(Framing, RefusesAnyOtherExpectation) {
  EXPECT_EQ(Refused({{"Expect", "200-ok"}}).status, 417);
}

TEST(Framing, IgnoresExpectationsOfHttp10) {
  EXPECT_FALSE(Parsed({{"Expect", "100-continue"}}, 0).expects_continue);
}

TEST(Framing, KeepsTheConnectionAsVersionAndFieldSay) {
  EXPECT_TRUE(Parsed({}).keep_alive);
  EXPECT_FALSE(Parsed({{"Connection", "x, Close"}}).keep_alive);
  EXPECT_FALSE(Parsed({}, 0).keep_alive);
  EXPECT_TRUE(Parsed({{"Connection", "Keep-Alive"}}, 0).keep_alive);
  EXPECT_FALSE(Parsed({{"Connection", "keep-alive"}, {"Connection", "close"}}).keep_alive);
}

}  // namespace
}  // namespace mockduit
