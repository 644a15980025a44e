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
  };
  for (const auto& [url, permission] : kUrls) EXPECT_EQ(caller.MayCall(url), permission) << url;
}

TEST(GuardedCaller, PostsNothingWhereItMayNot) {
  const auto posted = CallerThatAllows({}).Post("https://example.com/", {}, "{}", kPatience);
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().message, "https://example.com/ may not be called");
}

// The guard and the client read a URL in the same way: what one allows the other can call.
TEST(GuardedCaller, PostsOverHttpsWhereItMay) {
  const Certificate authority({.authority = true});
  TlsServer server(Certificate({.issuer = &authority}));
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
  const Certificate authority({.authority = true});
  TlsServer server(Certificate({.issuer = &authority}));
  const auto posted = CallerThatAllows({}).Post(server.Url() + "/hook", {}, "{}", kPatience);
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().message,
            "no answer from " + server.Url() + ": its certificate is from an unknown authority");
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace mockduit
