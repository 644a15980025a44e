#include "server/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/server/test_server.h"

namespace mockduit {
namespace {

using testing::HasSubstr;

constexpr auto kPatience = std::chrono::seconds(20);

std::string At(const TestServer& server, std::string_view path) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + std::string(path);
}

TEST(Fetch, SendsMethodPathFieldsAndBody) {
  TestServer server({}, [](const Request& request) {
    Response response = Echo(request);
    response.status = 418;
    response.headers.Add("X-Back", std::string(request.headers.Get("X-Sent")));
    return response;
  });
  const auto answer = Fetch("PATCH", At(server, "/a?b=c"), {{"X-Sent", "1"}}, "hello", kPatience);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->body, "PATCH /a?b=c|hello");
  EXPECT_EQ(answer->headers.Get("X-Back"), "1");
}

TEST(Fetch, AsksForTheRootOfAnAddressWithoutAPath) {
  TestServer server;
  EXPECT_EQ(Fetch("GET", At(server, ""), {}, "", kPatience)->body, "GET /?|");
  EXPECT_EQ(Fetch("GET", At(server, "?x#y"), {}, "", kPatience)->body, "GET /?x|");
}

TEST(Fetch, FailsWhenNobodyAnswers) {
  std::string url;
  {
    const TestServer server;
    url = At(server, "/health");
  }
  const auto answer = Fetch("GET", url, {}, "", kPatience);
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("no answer from http://127.0.0.1:"));
}

TEST(Fetch, TakesHttpAddressesAlone) {
  EXPECT_EQ(Fetch("GET", "https://a/", {}, "", kPatience).error().message,
            "https://a/ is not an http:// address");
}

}  // namespace
}  // namespace mockduit
