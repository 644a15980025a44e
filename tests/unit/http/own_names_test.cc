#include "http/own_names.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

TEST(OwnNames, KnowsTheHostsOfThisMachineAndThoseThatAreNamed) {
  const OwnNames names{.public_url = "https://mock.example:8443/base", .hosts = {"Mock.Test"}};
  for (const char* host :
       {"", "localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "127.9.9.9", "[::1]:80",
        "app.localhost", "mockduit:8080", "my-mock", "mock.example:8443", "Mock.example",
        "mock.example:80", "mock.test", "mock.test:99"}) {
    EXPECT_TRUE(names.IsOwnHost(host)) << host;
  }
}

TEST(OwnNames, KnowsNoOtherHost) {
  const OwnNames names{.public_url = "https://mock.example:8443/base", .hosts = {"mock.test"}};
  for (const char* host :
       {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.1", "0.0.0.0",
        "192.168.0.1", "[::2]", "localhost.", "www.mock.test", "2130706433", "0x7f000001",
        "127.0.0.1:x", "localhost:80x", "a b", "[zz]"}) {
    EXPECT_FALSE(names.IsOwnHost(host)) << host;
  }
  EXPECT_TRUE(OwnNames{.any_host = true}.IsOwnHost("evil.example"));
  EXPECT_FALSE(OwnNames{.any_host = true}.IsNamed("evil.example"));
}

TEST(OwnNames, BeyondThisMachineAreWhatNobodyOnTheInternetCanHave) {
  const OwnNames names{.hosts = {"build-7.corp.com"}, .beyond_loopback = true};
  for (const char* host : {"192.168.0.1:80", "0.0.0.0", "[::2]:80", "localhost", "mockduit:8080",
                           "laptop.local", "Host.Docker.Internal", "mock.test", "mock.example:1",
                           "nas.home.arpa", "Build-7.corp.com"}) {
    EXPECT_TRUE(names.IsOwnHost(host)) << host;
  }
  for (const char* host : {"evil.com", "192.168.0.1.evil.com", "local.evil.com", "127.1",
                           "a.localx", "corp.com", "2130706433", "0x7f000001", "a b.local"}) {
    EXPECT_FALSE(names.IsOwnHost(host)) << host;
  }
  EXPECT_FALSE(names.IsNamed("laptop.local"));
}

TEST(OwnNames, TellsItsOwnPagesFromThoseThatAreWelcomeAndFromAllOthers) {
  const OwnNames names{.public_url = "https://mock.example/base",
                       .origins = {"https://app.example", "null"}};
  for (const char* origin : {"http://127.0.0.1:8080", "https://mock.example"}) {
    EXPECT_TRUE(names.IsOwnOrigin(origin, "127.0.0.1:8080")) << origin;
    EXPECT_TRUE(names.IsWelcomeOrigin(origin, "127.0.0.1:8080")) << origin;
  }
  for (const char* origin : {"http://localhost:3000", "https://127.0.0.1", "http://[::1]:80",
                             "http://app.localhost", "https://app.example", "null"}) {
    EXPECT_FALSE(names.IsOwnOrigin(origin, "127.0.0.1:8080")) << origin;
    EXPECT_TRUE(names.IsWelcomeOrigin(origin, "127.0.0.1:8080")) << origin;
  }
  for (const char* origin :
       {"", "https://evil.example", "http://localhost.evil.example",
        "http://localhost@evil.example", "http://localhost/", "http://localhost:3000/x",
        "http://user@localhost", "localhost", "file://localhost", "http://127.1",
        "http://app.example", "https://app.example:1"}) {
    EXPECT_FALSE(names.IsWelcomeOrigin(origin, "127.0.0.1:8080")) << origin;
  }
  EXPECT_FALSE(OwnNames().IsWelcomeOrigin("null", "localhost"));
  EXPECT_TRUE(OwnNames{.speaks_tls = true}.IsOwnOrigin("https://127.0.0.1", "127.0.0.1"));
}

TEST(SiteOf, TakesAnUnknownWordForAForeignPage) {
  const std::pair<const char*, Site> kSites[] = {
      {"none", Site::kNone},        {"same-origin", Site::kSame}, {"same-site", Site::kNeighbour},
      {"cross-site", Site::kCross}, {"", Site::kCross},           {"Same-Origin", Site::kCross}};
  for (const auto& [word, site] : kSites) {
    EXPECT_EQ(SiteOf({"GET", "/", "", {{"Sec-Fetch-Site", word}}, ""}), site) << word;
  }
  EXPECT_EQ(SiteOf({"GET", "/", "", {}, ""}), Site::kNone);
}

TEST(FieldValue, HasBlanksForControlCharacters) {
  EXPECT_EQ(FieldValue("a\r\nX: b\tc\x7F\xC3\xA4"), "a  X: b\tc \xC3\xA4");
}

TEST(OwnNames, SaysByWhichUrlTheClientHasCalled) {
  Request request{.headers = {{"Host", "localhost:8080"}}};
  EXPECT_EQ(OwnNames().BaseUrl(request), "http://localhost:8080");
  request.secure = true;
  EXPECT_EQ(OwnNames().BaseUrl(request), "https://localhost:8080");
  EXPECT_EQ(OwnNames{.public_url = "http://a.test/b//"}.BaseUrl(request), "http://a.test/b");
  EXPECT_EQ(OwnNames().BaseUrl(Request()), "http://localhost");
}

TEST(OwnNames, BelievesAProxyWhereThereIsOne) {
  Request request{.headers = {{"Host", "mockduit:8080"},
                              {"X-Forwarded-Proto", "https"},
                              {"X-Forwarded-Host", "mock.example, inner"}}};
  EXPECT_EQ(OwnNames().BaseUrl(request), "http://mockduit:8080");
  const OwnNames proxied{.behind_proxy = true};
  EXPECT_EQ(proxied.BaseUrl(request), "https://mock.example");
  EXPECT_EQ(proxied.HostOf(request), "mock.example");
  request.headers.Set("X-Forwarded-Proto", "javascript");
  request.headers.Set("X-Forwarded-Host", "a b");
  EXPECT_EQ(proxied.BaseUrl(request), "http://mockduit:8080");
}

TEST(OwnNames, KnowsTheNamesOfEachVendorsPublicUrl) {
  const OwnNames names{.vendor_urls = {{"acme", "https://acme.example/api"}}};
  EXPECT_TRUE(names.IsOwnHost("acme.example"));
  EXPECT_TRUE(names.IsOwnOrigin("https://acme.example", "localhost"));
  EXPECT_FALSE(names.IsOwnHost("acme.test"));
  EXPECT_EQ(names.PublicUrlOf("acme"), "https://acme.example/api");
  EXPECT_EQ(names.PublicUrlOf("other"), std::nullopt);
}

}  // namespace
}  // namespace mockduit
