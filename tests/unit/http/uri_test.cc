#include "http/uri.h"
#include "base/percent.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mockduit {
namespace {

TEST(ParseAuthority, PartsAHostFromItsPort) {
  const std::tuple<const char*, const char*, const char*> kAuthorities[] = {
      {"name", "name", ""},
      {"name:80", "name", "80"},
      {"name:", "name", ""},
      {"10.0.0.1:8080", "10.0.0.1", "8080"},
      {"[::1]", "[::1]", ""},
      {"[::1]:80", "[::1]", "80"},
      {"a-b_c.~%41", "a-b_c.~%41", ""},
  };
  for (const auto& [text, host, port] : kAuthorities) {
    const auto authority = ParseAuthority(text);
    ASSERT_TRUE(authority) << text;
    EXPECT_EQ(authority->host, host) << text;
    EXPECT_EQ(authority->port, port) << text;
  }
}

TEST(ParseAuthority, TakesNothingElse) {
  for (const char* text :
       {"",         ":80",  "a b",       "a/b",         "a:8o",         "a:80:80", "a@b",
        "[]",       "[::1", "[::1]x",    "[::1]80",     "[:/:]",        "a[::1]",  "a\"b",
        "\xC3\xA9", "[zz]", "[::1]evil", "[127.0.0.1]", "[::1%25eth0]", "a%zz",    "a%4",
        "%"}) {
    EXPECT_FALSE(ParseAuthority(text)) << text;
  }
}

TEST(ParseUrl, TakesAUrlApart) {
  const auto url = ParseUrl("https://user:secret@name:8443/a/b?c=d#part");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->secure());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->user, "user:secret");
  EXPECT_EQ(url->authority.host, "name");
  EXPECT_EQ(url->authority.port, "8443");
  EXPECT_EQ(url->target, "/a/b?c=d");
  EXPECT_EQ(url->Origin(), "https://name:8443");
}

TEST(ParseUrl, NeedsAHostAlone) {
  const auto url = ParseUrl("http://[::1]");
  ASSERT_TRUE(url);
  EXPECT_FALSE(url->secure());
  EXPECT_EQ(url->user, "");
  EXPECT_EQ(url->target, "");
  EXPECT_EQ(url->Origin(), "http://[::1]");
  EXPECT_EQ(ParseUrl("http://a?b")->target, "?b");
  EXPECT_EQ(ParseUrl("http://a#b")->target, "");
}

TEST(ParseUrl, EndsTheHostWhereAnyReaderWould) {
  EXPECT_EQ(ParseUrl("https://a.example#@127.0.0.1/")->authority.host, "a.example");
  EXPECT_EQ(ParseUrl("https://a.example?@127.0.0.1/")->authority.host, "a.example");
  EXPECT_EQ(ParseUrl("https://127.0.0.1@a.example/")->authority.host, "a.example");
}

// Each of them has another host in some reader.
TEST(ParseUrl, TakesNothingThatReadersDifferIn) {
  for (const char* text : {"https://a.example\\@127.0.0.1/",
                           "https://127.0.0.1@b@a.example/",
                           "http://127.0.0.1\\x.attacker.test:18390/",
                           "http://127.0.0.1%00.attacker.test/",
                           "http://127.0.0.1%2eattacker.test/",
                           "http://[::1]evil/",
                           "http://[::1]:80evil/",
                           "http://[::1]@evil/",
                           "http://[::ffff:127.0.0.1%25x]/",
                           "http://127.0.0.1\tx/",
                           "http://127.0.0.1\r\nHost: evil/",
                           "http://127.0.0.1/\r\nX: y",
                           "http://127.0.0.1/ x",
                           "http://127.0.0.1;evil/",
                           "http://127.0.0.1,evil/",
                           "http://127.0.0.1&evil/",
                           "http://localhost/%zz",
                           "http://localhost/%4",
                           "http://localhost/?a=%",
                           "http://localhost/<",
                           "http://localhost/\\",
                           "http://localhost/#\n",
                           "http://localhost/##",
                           "http://a|b/",
                           "http://u\\p@localhost/",
                           "http://localhost:65536/",
                           "http://localhost:99999999999/",
                           "http://loc\xC3\xA4lhost/",
                           "http://localhost/\xC3\xA4",
                           "http://localhost\x7F/"}) {
    EXPECT_FALSE(ParseUrl(text)) << text;
  }
  EXPECT_FALSE(ParseUrl(std::string_view("http://127.0.0.1\0.attacker.test/", 32)));
  EXPECT_FALSE(ParseUrl(std::string_view("http://[::1\0]/", 14)));
}

TEST(ParseUrl, KnowsThePortOfEachScheme) {
  EXPECT_EQ(ParseUrl("http://a")->port(), 80);
  EXPECT_EQ(ParseUrl("https://a:/")->port(), 443);
  EXPECT_EQ(ParseUrl("https://a:65535/")->port(), 65535);
}

// RFC 3986, section 3.1.
TEST(ParseUrl, KnowsTheSchemesInCapitals) {
  EXPECT_TRUE(ParseUrl("HTTPS://a/b")->secure());
  EXPECT_EQ(ParseUrl("Http://a:1")->Origin(), "http://a:1");
}

TEST(ParseUrl, TakesNothingElse) {
  for (const char* text :
       {"", "http", "http:/a", "httpx://a", "https//a", "ftp://a", "//a", "a", "http://",
        "https:///a", "http://:80", "http://a b/", "xhttp://a", "http:://a"}) {
    EXPECT_FALSE(ParseUrl(text)) << text;
  }
}

TEST(IsLoopback, IsTrueOfThisMachineAlone) {
  for (const char* host : {"localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1", "[::1]",
                           "[0:0:0:0:0:0:0:1]"}) {
    EXPECT_TRUE(IsLoopback(host)) << host;
  }
  for (const char* host :
       {"", "a.localhost", "localhost.example", "126.255.255.255", "128.0.0.1", "127.0.0.1.example",
        "127.1", "0.0.0.0", "::", "[::2]", "[127.0.0.1", "::ffff:127.0.0.2"}) {
    EXPECT_FALSE(IsLoopback(host)) << host;
  }
}

TEST(IsUnroutable, IsTrueOfLinksGroupsAndNobody) {
  for (const char* address :
       {"0.0.0.0", "0.1.2.3", "169.254.169.254", "224.0.0.1", "239.1.1.1", "255.255.255.255",
        "::", "fe80::1", "fe80::1%eth0", "ff02::1", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
        "fd00:ec2::254", "100.100.100.200", "64:ff9b::a9fe:a9fe", "64:ff9b::7f00:1"}) {
    EXPECT_TRUE(IsUnroutable(address)) << address;
  }
  for (const char* address :
       {"127.0.0.1", "10.0.0.1", "192.168.0.1", "172.17.0.2", "8.8.8.8", "::1", "fd00::1",
        "64:ff9b::808:808", "100.100.100.201", "2001:db8::1", "::ffff:10.0.0.1", "name"}) {
    EXPECT_FALSE(IsUnroutable(address)) << address;
  }
}

TEST(WithoutBrackets, TakesThemOffAnIpv6Address) {
  EXPECT_EQ(WithoutBrackets("[::1]"), "::1");
  EXPECT_EQ(WithoutBrackets("[::1"), "[::1");
  EXPECT_EQ(WithoutBrackets("::1]"), "::1]");
  EXPECT_EQ(WithoutBrackets("name"), "name");
}

TEST(TakeParameter, GivesThePartsAsSent) {
  std::string_view query = "a=1&b&=c&&d=e=f%3D";
  std::vector<std::vector<std::string_view>> taken;
  while (!query.empty()) {
    const auto [text, name, value] = TakeParameter(query);
    taken.push_back({text, name, value});
  }
  const std::vector<std::vector<std::string_view>> parts = {{"a=1", "a", "1"},
                                                            {"b", "b", ""},
                                                            {"=c", "", "c"},
                                                            {"", "", ""},
                                                            {"d=e=f%3D", "d", "e=f%3D"}};
  EXPECT_EQ(taken, parts);
}

TEST(DecodeQueryPart, TakesAPlusForASpace) {
  EXPECT_EQ(DecodeQueryPart("a+b%2Bc%20d"), "a b+c d");
  EXPECT_EQ(PercentDecode("a+b"), "a+b");
}

TEST(PercentDecode, LeavesWhatIsNoEscape) {
  EXPECT_EQ(PercentDecode("%4a%4A%zz%4"), "JJ%zz%4");
  EXPECT_EQ(PercentDecode("%"), "%");
  EXPECT_EQ(PercentDecode("%41"), "A");
  EXPECT_EQ(PercentDecode("%09%9f%Ff"), "\x09\x9f\xff");
}

TEST(PercentEncode, SparesTheUnreservedAlone) {
  EXPECT_EQ(PercentEncode("azAZ09-._~"), "azAZ09-._~");
  EXPECT_EQ(PercentEncode("@[`{/:\xC3"), "%40%5B%60%7B%2F%3A%C3");
}

TEST(Query, GivesEveryValueOfAName) {
  EXPECT_EQ(QueryValues("a=1&b=2&a=%203&a", "a"), (std::vector<std::string>{"1", " 3", ""}));
  EXPECT_TRUE(QueryValues("b=2", "a").empty());
}

}  // namespace
}  // namespace mockduit
