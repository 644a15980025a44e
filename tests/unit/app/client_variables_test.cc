// The variables by which clients find the server, and by which they are led to it.
#include "app/client_variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::Contains;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

const TrustFiles kFiles{"/t/ca.pem", "/t/ca.jks", "/t/hook.cjs"};

TEST(InterceptVariables, LeadEveryProxyVariableHereButForThisMachine) {
  const Variables variables = InterceptVariables("http://127.0.0.1:8080", kFiles, {});
  for (const char* name : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"}) {
    EXPECT_THAT(variables, Contains(Pair(name, "http://127.0.0.1:8080")));
  }
  EXPECT_THAT(variables, Contains(Pair("NO_PROXY", "localhost,127.0.0.1,::1")));
  for (const char* name : {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
                           "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"}) {
    EXPECT_THAT(variables, Contains(Pair(name, "/t/ca.pem")));
  }
}

TEST(InterceptVariables, KeepTheOptionsThatJavaAndNodeHaveAlready) {
  const Variables variables = InterceptVariables(
      "http://127.0.0.1:8080", kFiles, {{"JAVA_TOOL_OPTIONS", "-Xmx1g"}, {"NODE_OPTIONS", "-r x"}});
  EXPECT_THAT(variables, Contains(Pair("NODE_OPTIONS", "-r x --require=/t/hook.cjs")));
  EXPECT_THAT(
      variables,
      Contains(Pair("JAVA_TOOL_OPTIONS",
                    "-Xmx1g -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=8080 "
                    "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=8080 "
                    "-Dhttp.nonProxyHosts=localhost|127.*|[::1] "
                    "-Djavax.net.ssl.trustStore=/t/ca.jks -Djavax.net.ssl.trustStoreType=JKS")));
}

TEST(InterceptVariables, QuoteAPathWithABlank) {
  const Variables variables =
      InterceptVariables("http://127.0.0.1:1", {"/a b/ca.pem", "/a b/ca.jks", "/a b/hook.cjs"}, {});
  EXPECT_THAT(variables, Contains(Pair("SSL_CERT_FILE", "/a b/ca.pem")));
  EXPECT_THAT(variables, Contains(Pair("NODE_OPTIONS", "\"--require=/a b/hook.cjs\"")));
  EXPECT_THAT(variables,
              Contains(Pair("JAVA_TOOL_OPTIONS",
                            ::testing::HasSubstr(" \"-Djavax.net.ssl.trustStore=/a b/ca.jks\" "))));
}

TEST(InterceptVariables, LeaveOutWhatHasNoFile) {
  const Variables variables = InterceptVariables("http://127.0.0.1:1", {"/t/ca.pem", "", ""}, {});
  EXPECT_THAT(variables, Not(Contains(Key("JAVA_TOOL_OPTIONS"))));
  EXPECT_THAT(variables, Not(Contains(Key("NODE_OPTIONS"))));
}

}  // namespace
}  // namespace mockduit
