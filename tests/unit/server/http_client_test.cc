#include "server/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/server/test_server.h"
#include "unit/server/tls_server.h"

namespace mockduit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto kPatience = std::chrono::seconds(20);

std::string At(const TestServer& server, std::string_view path) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + std::string(path);
}

Result<Response> Ask(const std::string& method, const std::string& url, const Headers& headers = {},
                     const std::string& body = "") {
  return HttpClient::Make()->Send(method, url, headers, body, kPatience);
}

TEST(HttpClient, SendsMethodPathFieldsAndBody) {
  TestServer server({}, [](const Request& request) {
    Response response = Echo(request);
    response.status = 418;
    response.headers.Add("X-Back", std::string(request.headers.Get("X-Sent")));
    return response;
  });
  const auto answer = Ask("PATCH", At(server, "/a?b=c"), {{"X-Sent", "1"}}, "hello");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->body, "PATCH /a?b=c|hello");
  EXPECT_EQ(answer->headers.Get("X-Back"), "1");
}

// A name that has another address a moment later ("DNS rebinding") is called where it was judged.
TEST(HttpClient, ConnectsToAnAddressThatWasJudgedHoweverOftenTheNameMoves) {
  TestServer server;
  int asked = 0;
  const auto client = HttpClient::Make("", [&](const std::string& name) {
    EXPECT_EQ(name, "hooks.example");
    return ++asked == 1 ? std::vector<std::string>{"127.0.0.1", "127.0.0.2"}
                        : std::vector<std::string>{"192.0.2.1"};
  });
  std::vector<std::string> judged;
  const auto judge = [&](std::string_view address) {
    judged.emplace_back(address);
    return true;
  };
  const std::string url = "http://hooks.example:" + std::to_string(server.port()) + "/";
  const auto answer = client->Send("POST", url, {}, "x", kPatience, judge);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(judged, ElementsAre("127.0.0.1", "127.0.0.2"));
}

TEST(HttpClient, ConnectsToNoneOfTheAddressesWhereOneIsRefused) {
  int requests = 0;
  TestServer server({}, [&](const Request&) {
    ++requests;
    return Response{};
  });
  const auto client = HttpClient::Make(
      "", [](const std::string&) { return std::vector<std::string>{"127.0.0.1", "192.0.2.1"}; });
  const std::string url = "http://hooks.example:" + std::to_string(server.port()) + "/";
  const auto answer = client->Send("POST", url, {}, "x", kPatience,
                                   [](std::string_view address) { return address != "192.0.2.1"; });
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("it is at 192.0.2.1, which may not be called"));
  EXPECT_EQ(requests, 0);
}

TEST(HttpClient, AsksForTheRootOfAnAddressWithoutAPath) {
  TestServer server;
  EXPECT_EQ(Ask("GET", At(server, ""))->body, "GET /?|");
  EXPECT_EQ(Ask("GET", At(server, "?x#y"))->body, "GET /?x|");
}

TEST(HttpClient, FollowsNoRedirect) {
  TestServer server({},
                    [](const Request&) { return Response{302, {{"Location", "/elsewhere"}}, ""}; });
  EXPECT_EQ(Ask("POST", At(server, "/"))->status, 302);
}

TEST(HttpClient, FailsWhenNobodyAnswers) {
  std::string url;
  {
    const TestServer server;
    url = At(server, "/health");
  }
  const auto answer = Ask("GET", url);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "no answer from " + url.substr(0, url.rfind('/')) +
                                        ": it cannot be connected to: Connection refused");
  EXPECT_EQ(answer.error().kind, ErrorKind::kIo);
}

TEST(HttpClient, FailsWhenTheConnectionEndsBeforeTheAnswer) {
  TestServer server({}, [](const Request&) {
    Response response;
    response.delivery.fault = Fault::kEmpty;
    return response;
  });
  EXPECT_THAT(Ask("GET", At(server, "/")).error().message,
              HasSubstr("it did not answer in time, or closed the connection"));
}

TEST(HttpClient, IsStoppedWhileItWaits) {
  HttpClient client = *HttpClient::Make();
  TestServer server({}, [&](const Request& request) {
    client.Stop();
    Response response = Echo(request);
    response.delivery.fault = Fault::kStall;
    response.delivery.stall = kPatience;
    return response;
  });
  const auto answer = client.Send("GET", At(server, "/"), {}, "", kPatience);
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr(": this server is stopping"));
  EXPECT_THAT(client.Send("GET", At(server, "/"), {}, "", kPatience).error().message,
              HasSubstr(": this server is stopping"));
}

TEST(HttpClient, TakesNoAnswerOfMoreThanTheMaximum) {
  TestServer server({}, [](const Request&) {
    Response response;
    response.body = std::string(HttpClient::kMaxBody + 1, 'x');
    return response;
  });
  EXPECT_THAT(Ask("GET", At(server, "/")).error().message,
              HasSubstr(": its answer is longer than 67108864 bytes"));
}

TEST(HttpClient, WaitsForAllOfAnAnswerNoLongerThanTheTimeout) {
  TestServer server({}, [](const Request& request) {
    Response response = Echo(request);
    response.body = std::string(100'000, 'x');
    response.delivery.fault = Fault::kSlow;
    response.delivery.bytes = 100;  // a second: each comes in time
    return response;
  });
  const auto answer =
      HttpClient::Make()->Send("GET", At(server, "/"), {}, "", std::chrono::milliseconds(200));
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("it did not answer in time"));
}

TEST(HttpClient, ConnectsOnlyToAddressesThatWereChecked) {
  int asked = 0;
  TestServer server({}, [&](const Request& request) {
    ++asked;
    return Echo(request);
  });
  const HttpClient client = HttpClient::Make().value();
  const std::string url = "http://localhost:" + std::to_string(server.port()) + "/";
  std::vector<std::string> checked;
  const auto answer = client.Send("GET", url, {}, "", kPatience, [&](std::string_view address) {
    checked.emplace_back(address);
    return true;
  });
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(checked, testing::Contains("127.0.0.1"));
  const auto refused =
      client.Send("GET", url, {}, "", kPatience, [](std::string_view) { return false; });
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr(", which may not be called"));
  EXPECT_EQ(asked, 1);
}

TEST(HttpClient, SaysTheHostAsItStandsInTheUrl) {
  TestServer server({}, [](const Request& request) {
    return Response{200, {}, std::string(request.headers.Get("Host"))};
  });
  EXPECT_EQ(Ask("GET", "http://LOCALHOST:" + std::to_string(server.port()))->body,
            "localhost:" + std::to_string(server.port()));
}

TEST(HttpClient, SaysWhatIsNoUrl) {
  for (const char* url : {"ftp://a/", "//a/", "a", "http://", "https:///x", "http://a b/",
                          "http://[::1]evil/", "http://127.0.0.1\\x.test/"}) {
    const auto answer = Ask("GET", url);
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().message, std::string(url) + " is not an http or https URL");
    EXPECT_EQ(answer.error().kind, ErrorKind::kInvalid);
  }
}

class HttpsTest : public testing::Test {
 protected:
  Result<Response> Post(const std::string& url) const {
    const auto client = HttpClient::Make(authority_.Text());
    if (!client) return std::unexpected(client.error());
    return client->Send("POST", url + "/hook", {}, "{}", kPatience);
  }

  // That the server's certificate is refused for this reason, and that it is sent nothing.
  void ExpectRefused(const TestCertificate& certificate, const std::string& reason,
                     const std::string& host = "127.0.0.1") {
    TlsServer server(certificate);
    const auto answer = Post(server.Url(host));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().message, "no answer from " + server.Url(host) + ": " + reason);
    EXPECT_EQ(answer.error().kind, ErrorKind::kIo);
    EXPECT_THAT(server.requests(), IsEmpty());
  }

  TestCertificate authority_{{.authority = true}};
};

TEST_F(HttpsTest, SendsWhereTheCertificateIsGood) {
  TlsServer server(TestCertificate({.issuer = &authority_}));
  for (const char* host : {"127.0.0.1", "localhost"}) {
    const auto answer = Post(server.Url(host));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
  }
  EXPECT_THAT(server.requests(), ElementsAre("POST /hook {}", "POST /hook {}"));
}

TEST_F(HttpsTest, TellsTheServerWhichNameItAsksFor) {
  TlsServer server(TestCertificate({.issuer = &authority_}));
  ASSERT_TRUE(Post(server.Url("localhost")));
  EXPECT_EQ(server.name(), "localhost");
}

TEST_F(HttpsTest, RefusesACertificateForAnotherHost) {
  ExpectRefused(TestCertificate({.names = "DNS:localhost", .issuer = &authority_}),
                "its certificate is not for 127.0.0.1");
  ExpectRefused(TestCertificate({.names = "IP:127.0.0.1", .issuer = &authority_}),
                "its certificate is not for localhost", "localhost");
  ExpectRefused(TestCertificate({.names = "IP:127.0.0.2", .issuer = &authority_}),
                "its certificate is not for 127.0.0.1");
}

TEST_F(HttpsTest, RefusesACertificateOutsideItsTime) {
  ExpectRefused(TestCertificate({.begins_in_days = -2, .ends_in_days = -1, .issuer = &authority_}),
                "its certificate has expired");
  ExpectRefused(TestCertificate({.begins_in_days = 1, .ends_in_days = 2, .issuer = &authority_}),
                "its certificate is not valid yet");
}

TEST_F(HttpsTest, RefusesACertificateOfAnUnknownAuthority) {
  const TestCertificate other({.authority = true});
  ExpectRefused(TestCertificate({.issuer = &other}),
                "its certificate is from an unknown authority");
  ExpectRefused(TestCertificate({}), "its certificate is from an unknown authority");
}

TEST_F(HttpsTest, RefusesAnyAuthorityThatNoFileAdds) {
  TlsServer server(TestCertificate({.issuer = &authority_}));
  EXPECT_THAT(Ask("POST", server.Url()).error().message, HasSubstr("from an unknown authority"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(HttpsTest, SaysThatAServerSpeaksNoTls) {
  const TestServer server;
  const auto answer = Post("https://127.0.0.1:" + std::to_string(server.port()));
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr(": the TLS handshake failed"));
}

TEST_F(HttpsTest, TrustsEveryAuthorityOfTheText) {
  const TestCertificate other({.authority = true});
  TlsServer server(TestCertificate({.issuer = &authority_}));
  const auto client = HttpClient::Make(other.Text() + authority_.Text() + "the end\n");
  ASSERT_TRUE(client);
  EXPECT_TRUE(client->Send("GET", server.Url(), {}, "", kPatience));
}

TEST_F(HttpsTest, TakesNoTextWithoutACertificate) {
  for (const char* text : {"no certificate\n", "-----BEGIN CERTIFICATE-----\nx\n"}) {
    const auto client = HttpClient::Make(text);
    ASSERT_FALSE(client) << text;
    EXPECT_THAT(client.error().message, testing::StartsWith("no certificate in PEM form"));
  }
}

}  // namespace
}  // namespace mockduit
