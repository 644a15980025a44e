#include "server/head_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace mockduit {
namespace {

using std::string_view_literals::operator""sv;
using testing::HasSubstr;

const ServerLimits kLimits;

std::string Get(std::string_view fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}

Head Parsed(std::string_view bytes) {
  Head head;
  const auto objection = ParseHead(bytes, head);
  EXPECT_FALSE(objection) << objection->reason;
  return head;
}

Objection Refused(std::string_view bytes) {
  Head head;
  return ParseHead(bytes, head).value_or(Objection{0, "it was taken"});
}

TEST(HeadParser, ReadsMethodPathQueryAndFields) {
  const Head head = Parsed(
      "POST /v1/a%20b?x=1&y=?2 HTTP/1.1\r\nHost: api.test:80\r\nX-A:\t one, two \r\nX-B:\r\n\r\n");
  EXPECT_EQ(head.request.method, "POST");
  EXPECT_EQ(head.request.path, "/v1/a%20b");
  EXPECT_EQ(head.request.query, "x=1&y=?2");
  EXPECT_EQ(head.minor_version, 1);
  const Headers expected = {{"Host", "api.test:80"}, {"X-A", "one, two"}, {"X-B", ""}};
  EXPECT_EQ(head.request.headers, expected);
}

TEST(HeadParser, TakesNothingForTheMethodThatIsNone) {
  for (const char* bytes :
       {"\x16\x03\x01", "garbage\r\n\r\n", "GET /unfinished", "G@T / HTTP/1.1\r\n"}) {
    Head head;
    EXPECT_TRUE(ParseHead(bytes, head));
    EXPECT_EQ(head.request.method, "") << bytes;
  }
}

TEST(HeadParser, TakesAnAbsoluteTargetAndItsHost) {
  const Head head = Parsed("GET HTTP://api.test:81?x=1 HTTP/1.1\r\nHost: other\r\n\r\n");
  EXPECT_EQ(head.request.path, "/");
  EXPECT_EQ(head.request.query, "x=1");
  EXPECT_EQ(head.request.headers.Get("Host"), "api.test:81");
}

TEST(HeadParser, TakesTheStarOfOptions) {
  EXPECT_EQ(Parsed("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").request.path, "*");
}

TEST(HeadParser, TakesHttp10WithoutHost) {
  EXPECT_EQ(Parsed("GET / HTTP/1.0\r\n\r\n").minor_version, 0);
}

TEST(HeadParser, TakesOneEmptyLineBeforeTheRequest) {
  const std::string head = "\r\n" + Get("");
  EXPECT_EQ(MeasureHead(head, kLimits), head.size());
  EXPECT_EQ(Parsed(head).request.path, "/");
}

TEST(HeadParser, TakesTabsAndBytesAbove127InAValue) {
  EXPECT_EQ(Parsed(Get("X: a\tb\xC3\xA4\r\n")).request.headers.Get("X"), "a\tb\xC3\xA4");
}

TEST(HeadParser, TakesEveryKindOfHost) {
  for (const std::string host :
       {"a", "a:8080", "a:", "127.0.0.1:80", "[::1]", "[::1]:80", "", "%41"}) {
    Head head;
    EXPECT_FALSE(ParseHead("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", head)) << host;
  }
}

struct Case {
  std::string_view head;
  int status;
  std::string_view words;
};

void ExpectRefusals(const std::vector<Case>& cases) {
  for (const auto& [head, status, words] : cases) {
    const Objection objection = Refused(head);
    EXPECT_EQ(objection.status, status) << head;
    EXPECT_THAT(objection.reason, HasSubstr(words)) << head;
  }
}

TEST(HeadParser, RefusesAMalformedRequestLine) {
  ExpectRefusals({
      {"GET /\r\n\r\n", 400, "is not METHOD SP target SP HTTP/1.1"},
      {"GET  HTTP/1.1\r\n\r\n", 400, "is not METHOD SP target"},
      {"\r\n\r\n", 400, "is not METHOD SP target"},
      {" GET / HTTP/1.1\r\n\r\n", 400, "The method \"\" is not a token"},
      {"G(T / HTTP/1.1\r\n\r\n", 400, "The method \"G(T\" is not a token"},
      {"GET / HTTP/1.1 \r\n\r\n", 400, "ends with \"\", not with a version"},
      {"GET / http/1.1\r\n\r\n", 400, "ends with \"http/1.1\""},
      {"GET / HTTP/1.10\r\n\r\n", 400, "ends with \"HTTP/1.10\""},
      {"GET / hush\r\n\r\n", 400, "ends not with a version like HTTP/1.1"},
      {"GET http://u:hush@a/?k=hush\r\n\r\n", 400, "The request line \"GET http://...@a/?...\" is"},
      {"GET / HTTP/1.1\r\nAuthorization Bearer hush\r\n\r\n", 400,
       "begins with \"Authorization\" has"},
      {"GET / HTTP/1.2\r\n\r\n", 505, "HTTP/1.2 is not spoken here"},
      {"PRI * HTTP/2.0\r\n\r\n", 505, "HTTP/2.0 is not spoken here"},
  });
}

TEST(HeadParser, RefusesATargetThatIsNone) {
  ExpectRefusals({
      {"GET /a b HTTP/1.1\r\n\r\n", 400, "has the character \" \""},
      {"GET  / HTTP/1.1\r\n\r\n", 400, "has the character \" \""},
      {"GET /a#b HTTP/1.1\r\n\r\n", 400, "has the character \"#\""},
      {"GET /\xC3 HTTP/1.1\r\n\r\n", 400, "has the character \"\\xC3\""},
      {"GET /\t HTTP/1.1\r\n\r\n", 400, "has the character \"\\x09\""},
      {"GET a HTTP/1.1\r\n\r\n", 400, "neither a path nor an http:// address"},
      {"GET http HTTP/1.1\r\n\r\n", 400, "neither a path nor an http:// address"},
      {"GET ftp://a/ HTTP/1.1\r\n\r\n", 400, "neither a path nor an http:// address"},
      {"GET http:///a HTTP/1.1\r\n\r\n", 400, "has the host \"\""},
      {"GET http://me@a/ HTTP/1.1\r\n\r\n", 400, "has the host \"...@a\""},
      {"CONNECT a HTTP/1.1\r\n\r\n", 400, "is \"a\", not a host and a port"},
      {"CONNECT :443 HTTP/1.1\r\n\r\n", 400, "is \":443\", not a host and a port"},
      {"CONNECT /a HTTP/1.1\r\n\r\n", 400, "is \"/a\", not a host and a port"},
      {"CONNECT http://a:443 HTTP/1.1\r\n\r\n", 400, "not a host and a port"},
      {"GET * HTTP/1.1\r\n\r\n", 400, "* is for OPTIONS alone"},
      {"GET /<> HTTP/1.1\r\n\r\n", 400, "has the character \"<\""},
      {"GET /a\" HTTP/1.1\r\n\r\n", 400, "has the character \"\"\""},
      {"GET /a\\b HTTP/1.1\r\n\r\n", 400, "has the character \"\\\""},
      {"GET /{a} HTTP/1.1\r\n\r\n", 400, "has the character \"{\""},
      {"GET /?a=<b> HTTP/1.1\r\n\r\n", 400, "has the character \"<\""},
      {"GET /%zz HTTP/1.1\r\n\r\n", 400, "has \"%zz\", which is no percent-encoding"},
      {"GET /%4 HTTP/1.1\r\n\r\n", 400, "has \"%4\", which is no percent-encoding"},
      {"GET /a?b=100% HTTP/1.1\r\n\r\n", 400, "has \"%\", which is no percent-encoding"},
  });
}

TEST(HeadParser, TakesInAQueryWhatBrowsersLeaveThere) {
  EXPECT_EQ(Parsed("GET /a|b[c]?d[e]={f}|^`\\%5B HTTP/1.1\r\nHost: a\r\n\r\n").request.query,
            "d[e]={f}|^`\\%5B");
}

TEST(HeadParser, RefusesLinesThatDoNotEndWithCrlf) {
  ExpectRefusals({
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", 400, "A bare LF stands in the request"},
      {"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, "A bare LF"},
      {"GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400, "A bare CR"},
      {"GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", 400, "A bare CR"},
  });
}

TEST(HeadParser, RefusesMalformedFields) {
  ExpectRefusals({
      {"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400, "folded lines are not taken"},
      {"GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", 400, "folded lines are not taken"},
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "between the header name \"Host\" and its colon"},
      {"GET / HTTP/1.1\r\nHost\r\n\r\n", 400,
       "The header line that begins with \"Host\" has no colon"},
      {"GET / HTTP/1.1\r\n: a\r\n\r\n", 400, "The header name \"\" is not a token"},
      {"GET / HTTP/1.1\r\nX Y: a\r\n\r\n", 400, "The header name \"X Y\" is not a token"},
      {"GET / HTTP/1.1\r\nX\xC3: a\r\n\r\n", 400, "\"X\\xC3\" is not a token"},
      {"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"sv, 400, "The value of X has a control character"},
      {"GET / HTTP/1.1\r\nX: a\x7F\r\n\r\n", 400, "The value of X has a control character"},
  });
}

TEST(HeadParser, RefusesAMissingRepeatedOrBrokenHost) {
  ExpectRefusals({
      {"GET / HTTP/1.1\r\n\r\n", 400, "Host is missing"},
      {"GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400, "Host is repeated"},
      {"GET / HTTP/1.0\r\nHost: a\r\nhost: a\r\n\r\n", 400, "Host is repeated"},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "Host \"a b\" is not a host name"},
      {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "Host \"a/b\" is not"},
      {"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, "Host \"...@b\" is not"},
      {"GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400, "Host \"a:8x\" is not"},
      {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, "Host \"[::1\" is not"},
      {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, "Host \"a, b\" is not"},
      {"GET / HTTP/1.1\r\nHost: [zz]\r\n\r\n", 400, "Host \"[zz]\" is not"},
      {"GET / HTTP/1.1\r\nHost: %zz\r\n\r\n", 400, "Host \"%zz\" is not"},
      {"GET http://a/ HTTP/1.1\r\n\r\n", 400, "Host is missing"},
  });
}

TEST(HeadParser, KeepsWhatItReadBeforeAnObjection) {
  Head head;
  EXPECT_TRUE(ParseHead("PUT /a?b HTTP/1.1\r\nX: 1\r\nbroken\r\n\r\n", head));
  EXPECT_EQ(head.request.method, "PUT");
  EXPECT_EQ(head.request.path, "/a");
  EXPECT_EQ(head.request.query, "b");
  EXPECT_EQ(head.request.headers.Get("X"), "1");
}

TEST(MeasureHead, WaitsForTheEmptyLine) {
  const std::string head = Get("X: 1\r\n");
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_EQ(MeasureHead(head.substr(0, size), kLimits), 0U);
  }
  EXPECT_EQ(MeasureHead(head + "body", kLimits), head.size());
}

TEST(MeasureHead, ObjectsToABareLineFeedBeforeTheHeadIsWhole) {
  EXPECT_EQ(MeasureHead("GET / HTTP/1.1\n", kLimits).error().status, 400);
}

TEST(MeasureHead, KnowsTls) {
  EXPECT_THAT(MeasureHead("\x16\x03\x01\x02", kLimits).error().reason, HasSubstr("use http://"));
}

TEST(MeasureHead, ObjectsToALongRequestLine) {
  const std::string line = "GET /" + std::string(10UZ * 1024, 'a');
  EXPECT_EQ(MeasureHead(line, kLimits).error().status, 414);
  EXPECT_EQ(MeasureHead(line + " HTTP/1.1\r\n\r\n", kLimits).error().reason,
            "The request line is longer than 8192 bytes.");
}

TEST(MeasureHead, ObjectsToALongHead) {
  const std::string field = "X: " + std::string(20UZ * 1024, 'a') + "\r\n";
  EXPECT_EQ(MeasureHead("GET / HTTP/1.1\r\n" + field, kLimits).error().status, 431);
  EXPECT_EQ(MeasureHead(Get(field), kLimits).error().reason,
            "The head is longer than 16384 bytes.");
}

}  // namespace
}  // namespace mockduit
