#include "app/guarded_caller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/server/tls_server.h"

namespace mockduit {
namespace {

using enum CallPermission;

constexpr auto kPatience = std::chrono::seconds(20);

GuardedCaller CallerThatAllows(std::vector<std::string> hosts) {
  return GuardedCaller(std::move(hosts), HttpClient::Make().value());
}

TEST(GuardedCaller, CallsLoopbackAndWhatIsAllowedAndNothingElse) {
  const GuardedCaller caller = CallerThatAllows({"hooks.example"});
  const std::pair<const char*, CallPermission> kUrls[] = {
      {"http://localhost/x", kAllowed},
      {"http://127.0.0.1:8080/", kAllowed},
      {"http://127.9.9.9", kAllowed},
      {"https://[::1]:9/x", kAllowed},
      {"https://hooks.example/x", kAllowed},
      {"https://HOOKS.example:99/x", kAllowed},
      {"http://hooks.example/", kNotSecure},
      {"HTTP://127.0.0.1/", kAllowed},
      {"http://example.com/", kNotSecure},
      {"ftp://127.0.0.1/", kNotSecure},
      {"//127.0.0.1/", kNotSecure},
      {"", kNotSecure},
      {"https://", kForbidden},
      {"https://example.com/", kForbidden},
      {"https://127.0.0.1.example.com/", kForbidden},
      {"https://localhost@example.com/", kForbidden},
      {"https://example.com#@127.0.0.1/", kForbidden},
      {"https://example.com\\@127.0.0.1/", kForbidden},
      {"https://hooks.example.evil/", kForbidden},
      {"https://app.localhost/", kForbidden},
      {"https://0x7f.1/", kForbidden},
      {"https://[2001:db8::1]/", kForbidden},
      {"https://10.0.0.1/", kForbidden},
      {"http://127.0.0.1\\x.attacker.test:18390/", kNotSecure},
      {"https://127.0.0.1\\x.attacker.test:18390/", kForbidden},
      {"https://[::1]evil/", kForbidden},
      {"https://127.0.0.1\r\nX: y/", kForbidden},
      {"https://127.0.0.1%2eevil/", kForbidden},
      {"https://hooks.example./", kForbidden},
      {"https://localhost./", kForbidden},
      {"https://127.1/", kForbidden},
      {"https://2130706433/", kForbidden},
      {"https://0177.0.0.1/", kForbidden},
      {"https://0.0.0.0/", kForbidden},
      {"https://[::]/", kForbidden},
      {"https://[::ffff:127.0.0.1]/", kForbidden},
      {"https://hooks.example@evil/", kForbidden},
      {"https://hooks.example:99999/", kForbidden},
  };
  for (const auto& [url, permission] : kUrls) EXPECT_EQ(caller.MayCall(url), permission) << url;
}

TEST(GuardedCaller, PostsNothingWhereItMayNot) {
  const GuardedCaller caller = CallerThatAllows({});
  const auto posted = caller.Post("https://u:s@example.com/?k=s", {}, "{}", kPatience);
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().message, "https://example.com may not be called");
  EXPECT_EQ(caller.Post("https://u:s@[::1]evil/", {}, "{}", kPatience).error().message,
            "a URL that is none may not be called");
}

// An allowed name may come to stand for any address: here it is one.
TEST(GuardedCaller, ChecksTheAddressThatAHostHasWhenItIsCalled) {
  for (const char* host : {"169.254.169.254", "0.0.0.0", "255.255.255.255", "224.0.0.1"}) {
    const GuardedCaller caller = CallerThatAllows({host});
    const std::string url = "https://" + std::string(host);
    ASSERT_EQ(caller.MayCall(url), kAllowed);
    const auto posted = caller.Post(url + ":9/?key=hush", {}, "{}", kPatience);
    ASSERT_FALSE(posted);
    EXPECT_EQ(posted.error().message,
              "no answer from " + url + ":9: it is at " + host + ", which may not be called");
  }
}

// Whoever owns an allowed name decides what it stands for, for several addresses at once as well.
TEST(GuardedCaller, CallsNoAddressOfANameThatHasABadOneAmongThem) {
  const TestCertificate authority({.authority = true});
  TlsServer server(TestCertificate({.names = "DNS:hooks.example", .issuer = &authority}));
  const std::string port = server.Url().substr(server.Url().rfind(':'));
  for (const auto& addresses : {std::vector<std::string>{"127.0.0.1", "169.254.169.254"},
                                {"169.254.169.254", "127.0.0.1"},
                                {"127.0.0.1", "::1", "fe80::1"},
                                {"127.0.0.1", "::ffff:169.254.169.254"},
                                {"127.0.0.1", "0.0.0.0"},
                                {"127.0.0.1", "::"}}) {
    const GuardedCaller caller({"hooks.example"}, HttpClient::Make(authority.Text(), [&](auto&) {
                                                    return addresses;
                                                  }).value());
    const auto posted = caller.Post("https://hooks.example" + port, {}, "{}", kPatience);
    ASSERT_FALSE(posted);
    EXPECT_THAT(posted.error().message, testing::HasSubstr("which may not be called"));
  }
  EXPECT_TRUE(server.requests().empty());
}

// The guard and the client read a URL in the same way: what one allows the other can call.
TEST(GuardedCaller, PostsOverHttpsWhereItMay) {
  const TestCertificate authority({.authority = true});
  TlsServer server(TestCertificate({.issuer = &authority}));
  const GuardedCaller caller({}, HttpClient::Make(authority.Text()).value());
  for (const char* host : {"127.0.0.1", "localhost", "LOCALHOST", "user:secret@localhost"}) {
    const std::string url = server.Url(host) + "/hook#part";
    EXPECT_EQ(caller.MayCall(url), kAllowed) << url;
    const auto posted = caller.Post(url, {}, "{}", kPatience);
    ASSERT_TRUE(posted) << url << ": " << posted.error().message;
    EXPECT_EQ(*posted, 200);
  }
  EXPECT_EQ(server.requests(), std::vector<std::string>(4, "POST /hook {}"));
}

TEST(GuardedCaller, GivesTheStatusOfAnyAnswerAndTheReasonOfNone) {
  const TestCertificate authority({.authority = true});
  TlsServer server(TestCertificate({.issuer = &authority}));
  const auto posted = CallerThatAllows({}).Post(server.Url() + "/hook", {}, "{}", kPatience);
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().message,
            "no answer from " + server.Url() + ": its certificate is from an unknown authority");
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace mockduit
