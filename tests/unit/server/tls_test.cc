// TLS at the door: one port speaks it and plain HTTP, and all the door's rules hold through it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/tls/tls_acceptor.h"
#include "unit/kept_log.h"
#include "unit/server/raw_client.h"
#include "unit/server/test_server.h"
#include "unit/server/tls_client.h"

namespace mockduit {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class TlsTest : public ::testing::Test {
 protected:
  explicit TlsTest(ServerLimits limits = {})
      : server_(limits, &TlsTest::Answer, &log_, MakeTls(authority_)) {}

  static Response Answer(const Request& request) {
    if (request.method == "CONNECT") return {request.headers.Get("Host") == "bad:1" ? 502 : 200};
    Response response = Echo(request);
    response.body += request.secure ? "|secure" : "|plain";
    return response;
  }

  static Certificate Authority() { return MakeAuthority().value(); }
  static std::unique_ptr<TlsAcceptor> MakeTls(const Certificate& authority) {
    return TlsAcceptor::WithAuthority(
               ReadCertificate(authority.Text(), authority.KeyText()).value())
        .value();
  }
  TlsClient Client(TlsClient::Options options = {}) {
    options.trusted = authority_.Text();
    return TlsClient(server_.port(), options);
  }

  const Certificate authority_ = Authority();
  KeptLog log_;
  TestServer server_;
};

TEST_F(TlsTest, AnswersBothHttpAndHttpsOnOnePort) {
  EXPECT_EQ(Client().Ask(kGet), "GET /?||secure");
  EXPECT_EQ(RawClient(server_.port()).Ask(kGet).body, "GET /?||plain");
}

TEST_F(TlsTest, KeepsTheConnectionForFurtherRequests) {
  TlsClient client = Client();
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_EQ(client.Ask(Post("Content-Length: 2\r\n", "hi")), "POST /p?|hi|secure");
}

TEST_F(TlsTest, TakesAndSendsBodiesOfManyRecords) {
  const std::string body(700'000, 'x');
  const std::string answer =
      Client().Ask(Post("Content-Length: " + std::to_string(body.size()) + "\r\n", body));
  EXPECT_EQ(answer, "POST /p?|" + body + "|secure");
}

TEST_F(TlsTest, ShowsACertificateForTheNameThatTheClientAsksFor) {
  TlsClient client = Client({.server_name = "Api.Fivetran.com"});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_THAT(client.certificate_names(), ElementsAre("api.fivetran.com"));
}

TEST_F(TlsTest, ShowsAClientThatWritesTheRootOfAllNamesTheSameCertificate) {
  TlsClient client = Client({.server_name = "api.fivetran.com."});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_THAT(client.certificate_names(), ElementsAre("api.fivetran.com"));
}

TEST_F(TlsTest, TakesNoAddressForAName) {
  TlsClient client = Client({.server_name = "127.0.0.1"});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_THAT(client.certificate_names(), ElementsAre("localhost"));
}

TEST_F(TlsTest, ShowsAClientWithoutANameACertificateForThisMachine) {
  TlsClient client = Client({.server_name = ""});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_THAT(client.certificate_names(), ElementsAre("localhost"));
}

TEST_F(TlsTest, SpeaksHttp11ToWhoOffersItAmongOthers) {
  TlsClient client = Client({.protocols = {"h2", "http/1.1"}});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  EXPECT_EQ(client.protocol(), "http/1.1");
}

TEST_F(TlsTest, RefusesWhoOffersOtherProtocolsOnly) {
  EXPECT_THAT(Client({.protocols = {"h2"}}).problem(), HasSubstr("application protocol"));
  server_.Stop();
  EXPECT_THAT(log_.lines,
              Contains(HasSubstr("a TLS handshake for localhost failed: the client offers no "
                                 "http/1.1 (ALPN), the only protocol here")));
}

TEST_F(TlsTest, RefusesOldVersions) {
  EXPECT_NE(Client({.newest_version = TLS1_1_VERSION}).problem(), "");
  server_.Stop();
  EXPECT_THAT(log_.lines, Contains(HasSubstr("the client speaks neither TLS 1.2 nor TLS 1.3")));
}

TEST_F(TlsTest, SpeaksTls12) {
  EXPECT_EQ(Client({.newest_version = TLS1_2_VERSION}).Ask(kGet), "GET /?||secure");
}

TEST_F(TlsTest, SaysThatAClientDoesNotTrustIt) {
  TlsClient::Options options;
  options.trusted = Authority().Text();
  EXPECT_NE(TlsClient(server_.port(), options).problem(), "");
  server_.Stop();
  EXPECT_THAT(log_.lines,
              Contains(HasSubstr("the client does not trust the certificate; give it the one "
                                 "of GET /__admin/ca.pem")));
}

TEST_F(TlsTest, DoesNotNegotiateAnew) {
  TlsClient client = Client({.newest_version = TLS1_2_VERSION});
  EXPECT_FALSE(client.Renegotiate());
}

TEST_F(TlsTest, EndsAnAnswerWithACloseOfTls) {
  TlsClient client = Client();
  EXPECT_EQ(client.Ask("GET / HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"), "GET /?||secure");
  EXPECT_TRUE(client.SeesACleanEnd());
}

TEST_F(TlsTest, RefusesABadHeadThroughTls) {
  EXPECT_THAT(Client().Ask("GET / HTTP/1.1\r\n\r\n"), StartsWith("/|Host is missing"));
}

TEST_F(TlsTest, TakesWhatComesInATunnelForAConnectionOfItsOwn) {
  TlsClient client = Client({.tunnel = "api.fivetran.com:443", .server_name = "api.fivetran.com"});
  EXPECT_EQ(client.Ask(kGet), "GET /?||secure");
  RawClient plain(server_.port());
  plain.Send("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(plain.ReadHead(), "HTTP/1.1 200 Connection established\r\n\r\n");
  EXPECT_EQ(plain.Ask(kGet).body, "GET /?||plain");
}

TEST_F(TlsTest, ClosesAfterATunnelThatWasRefused) {
  RawClient client(server_.port());
  EXPECT_EQ(client.Ask("CONNECT bad:1 HTTP/1.1\r\nHost: a\r\n\r\n").status, 502);
  EXPECT_TRUE(client.SeesTheEnd());
}

TEST_F(TlsTest, SpeaksNoTlsWithinTls) {
  TlsClient client = Client();
  client.Send("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.ReadHead(), StartsWith("HTTP/1.1 200"));
  client.Send("\x16\x03\x01");
  EXPECT_EQ(client.ReadToTheEnd(), "");
}

class HastyTlsTest : public TlsTest {
 protected:
  HastyTlsTest() : TlsTest({.head_deadline = std::chrono::milliseconds(50)}) {}
};

TEST_F(HastyTlsTest, CutsAHandshakeThatTakesTooLong) {
  RawClient client(server_.port());
  client.Send("\x16\x03\x01");
  EXPECT_TRUE(client.SeesTheEnd());
  server_.Stop();
  EXPECT_THAT(log_.lines, Contains(HasSubstr("a TLS handshake failed: it took too long")));
}

TEST(PlainDoor, SaysThatItSpeaksNoTls) {
  TestServer server;
  EXPECT_THAT(RawClient(server.port()).Ask("\x16\x03\x01").body,
              HasSubstr("use http://, or start the server with --tls"));
}

TEST(TlsAcceptor, ShowsTheCertificateThatTheUserHasBrought) {
  const Certificate authority = MakeAuthority().value();
  KeyPointer key = MakeKey().value();
  CertificatePointer x509 = SignCertificate(authority, *key, {"mine", "DNS:mine.test"}).value();
  const Certificate own{std::move(x509), std::move(key)};
  auto tls = TlsAcceptor::WithCertificate(own.Text() + authority.Text(), own.KeyText());
  ASSERT_TRUE(tls) << tls.error().message;
  EXPECT_EQ((*tls)->AuthorityText(), "");
  TestServer server({}, Echo, nullptr, std::move(*tls));
  TlsClient client(server.port(), {.trusted = authority.Text(), .server_name = "mine.test"});
  EXPECT_EQ(client.Ask(kGet), "GET /?|");
}

// The alternative names of the certificate that a client gets who called that address and no name.
std::vector<std::string> AddressesFor(const std::string& called) {
  auto acceptor = TlsAcceptor::WithAuthority(MakeAuthority().value()).value();
  const auto server = acceptor->MakeChannel(called);
  const SslContextPointer context(SSL_CTX_new(TLS_client_method()));
  const SslPointer client(SSL_new(context.get()));
  SSL_set_bio(client.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  for (int i = 0; i < 4 && SSL_connect(client.get()) != 1; ++i) {
    char bytes[16384];
    const int sent = BIO_read(SSL_get_wbio(client.get()), bytes, sizeof bytes);
    if (sent > 0) server->Take({bytes, static_cast<std::size_t>(sent)});
    const std::string answer = server->TakeOutgoing();
    BIO_write(SSL_get_rbio(client.get()), answer.data(), static_cast<int>(answer.size()));
  }
  const CertificatePointer x509(SSL_get1_peer_certificate(client.get()));
  std::vector<std::string> good;
  for (const char* address : {"127.0.0.1", "::1", "10.0.0.1", "fe80::1"}) {
    if (x509 && X509_check_ip_asc(x509.get(), address, 0) == 1) good.emplace_back(address);
  }
  return good;
}

TEST(TlsAcceptor, SignsForTheAddressThatWasCalledAsClientsWriteIt) {
  EXPECT_THAT(AddressesFor(""), ElementsAre("127.0.0.1", "::1"));
  EXPECT_THAT(AddressesFor("10.0.0.1"), ElementsAre("127.0.0.1", "::1", "10.0.0.1"));
  EXPECT_THAT(AddressesFor("::ffff:10.0.0.1"), ElementsAre("127.0.0.1", "::1", "10.0.0.1"));
  EXPECT_THAT(AddressesFor("fe80::1%eth0"), ElementsAre("127.0.0.1", "::1", "fe80::1"));
}

TEST(TlsAcceptor, TakesNoKeyOfAnotherCertificate) {
  const Certificate authority = MakeAuthority().value();
  const Certificate other = MakeAuthority().value();
  const auto tls = TlsAcceptor::WithCertificate(authority.Text(), other.KeyText());
  ASSERT_FALSE(tls);
  EXPECT_EQ(tls.error().message, "its key is that of another certificate");
}

TEST(Certificates, AreReadFromTextsAndToldFromOtherTexts) {
  const Certificate authority = MakeAuthority().value();
  EXPECT_TRUE(IsAuthority(authority));
  const auto read = ReadCertificate(authority.Text(), authority.KeyText());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->Bytes(), authority.Bytes());
  EXPECT_THAT(ReadCertificate("", authority.KeyText()).error().message,
              HasSubstr("no certificate in PEM form"));
  EXPECT_THAT(ReadCertificate(authority.Text(), "").error().message,
              HasSubstr("its key is none in PEM form"));
}

TEST(Certificates, ThatAServerShowsMaySignNoOthers) {
  const Certificate authority = MakeAuthority().value();
  KeyPointer key = MakeKey().value();
  CertificatePointer x509 = SignCertificate(authority, *key, {"a", "DNS:a.test"}).value();
  EXPECT_FALSE(IsAuthority({std::move(x509), std::move(key)}));
}

}  // namespace
}  // namespace mockduit
