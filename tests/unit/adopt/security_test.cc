#include "adopt/security.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kSchemes = R"(
  basic: {type: http, scheme: Basic}
  bearer: {type: http, scheme: bearer}
  hoba: {type: http, scheme: HOBA}
  oauth: {type: oauth2, flows: {}}
  openid: {type: openIdConnect}
  header: {type: apiKey, in: header, name: X-Key}
  query: {type: apiKey, in: query, name: key}
  cookie: {type: apiKey, in: cookie, name: sid}
  authorization: {type: apiKey, in: header, name: authorization}
  tls: {type: mutualTLS}
  nameless: {type: apiKey, in: header}
  elsewhere: {type: apiKey, in: body, name: key}
  again: {$ref: '#/components/securitySchemes/header'}
)";

std::string WaysBy(const std::string& security, const std::string& of_all = "[]") {
  const Json root = FromYaml("security: " + of_all + "\ncomponents:\n securitySchemes:" + kSchemes);
  References references(root);
  const Json operation =
      security.empty() ? Json::MakeObject() : FromYaml("{security: " + security + "}");
  return WaysOf(operation, references).Dump();
}

TEST(Security, AsksForEachKindOfCredential) {
  EXPECT_EQ(WaysBy("[{basic: []}]"), R"([{"scheme":"basic"}])");
  EXPECT_EQ(WaysBy("[{bearer: []}]"), R"([{"scheme":"bearer"}])");
  EXPECT_EQ(WaysBy("[{oauth: [read]}]"), R"([{"scheme":"bearer"}])");
  EXPECT_EQ(WaysBy("[{openid: []}]"), R"([{"scheme":"bearer"}])");
  EXPECT_EQ(WaysBy("[{header: []}]"), R"([{"scheme":"header","name":"X-Key"}])");
  EXPECT_EQ(WaysBy("[{query: []}]"), R"([{"scheme":"query","name":"key"}])");
  EXPECT_EQ(WaysBy("[{cookie: []}]"), R"([{"scheme":"cookie","name":"sid"}])");
  EXPECT_EQ(WaysBy("[{again: []}]"), R"([{"scheme":"header","name":"X-Key"}])");
}

TEST(Security, TakesAKeyInAuthorizationHoweverItIsWritten) {
  EXPECT_EQ(WaysBy("[{authorization: []}]"),
            R"([{"scheme":"bearer"},{"scheme":"raw"},{"scheme":"basic"},{"scheme":"other"}])");
  EXPECT_EQ(WaysBy("[{hoba: []}]"), WaysBy("[{authorization: []}]"));
}

TEST(Security, TakesWhatIsNoListForNothing) {
  EXPECT_EQ(WaysBy("text", "[{basic: []}]"), R"([{"scheme":"basic"}])");
  EXPECT_EQ(WaysBy("null", "[{basic: []}]"), R"([{"scheme":"basic"}])");
  EXPECT_EQ(WaysBy("[]", "[{basic: []}]"), "[]");
}

TEST(Security, KnowsAlternativesAndCombinations) {
  EXPECT_EQ(WaysBy("[{header: []}, {basic: []}]"),
            R"([{"scheme":"header","name":"X-Key"},{"scheme":"basic"}])");
  EXPECT_EQ(WaysBy("[{header: [], query: []}]"),
            R"([{"all":[{"scheme":"header","name":"X-Key"},{"scheme":"query","name":"key"}]}])");
}

TEST(Security, AsksForOneOfThoseThatShareAHeader) {
  EXPECT_EQ(WaysBy("[{basic: [], oauth: []}]"), R"([{"scheme":"basic"},{"scheme":"bearer"}])");
  EXPECT_EQ(WaysBy("[{header: [], basic: [], bearer: []}]"),
            R"([{"all":[{"scheme":"header","name":"X-Key"},{"scheme":"basic"}]},)"
            R"({"all":[{"scheme":"header","name":"X-Key"},{"scheme":"bearer"}]}])");
}

TEST(Security, ChallengesByEachSchemeOnce) {
  const Json root =
      FromYaml("security: [{basic: []}]\ncomponents:\n securitySchemes:" + std::string(kSchemes) +
               "  digest: {type: http, scheme: digest}\n" + "  odd: {type: http, scheme: 'a b'}\n");
  References references(root);
  const auto challenge = [&](const std::string& security) {
    return ChallengeOf(FromYaml("{security: " + security + "}"), references);
  };
  EXPECT_EQ(ChallengeOf({}, references), R"(Basic realm="api")") << "of the whole document";
  EXPECT_EQ(challenge("[{bearer: []}, {oauth: []}, {openid: []}]"), "Bearer");
  EXPECT_EQ(challenge("[{header: [], basic: []}, {hoba: []}]"),
            R"(ApiKey, Basic realm="api", HOBA)");
  EXPECT_EQ(challenge("[{digest: []}]"), R"(Digest realm="api", qop="auth", nonce="0")");
  EXPECT_EQ(challenge("[{unknown: []}]"), "Bearer");
  EXPECT_EQ(challenge("[{odd: []}]"), "Bearer") << "no header may have such a name";
  EXPECT_EQ(challenge("[{tls: []}]"), "");
  EXPECT_EQ(challenge("[]"), "");
}

TEST(Security, NeedsNoneWhereTheDocumentSaysSo) {
  EXPECT_EQ(WaysBy("[]", "[{header: []}]"), "[]");
  EXPECT_EQ(WaysBy("[{header: []}, {}]"), "[]") << "a credential may be left out";
  EXPECT_EQ(WaysBy(""), "[]");
  EXPECT_EQ(WaysBy("", "[{header: []}]"), R"([{"scheme":"header","name":"X-Key"}])")
      << "that of the whole document";
}

TEST(Security, TakesAnyAuthorizationForWhatIsNotUnderstoodOrNotThere) {
  for (const char* scheme : {"nameless", "elsewhere", "unknown"}) {
    EXPECT_EQ(WaysBy("[{" + std::string(scheme) + ": []}]"),
              R"([{"scheme":"bearer"},{"scheme":"raw"},{"scheme":"basic"},{"scheme":"other"}])")
        << scheme;
  }
  EXPECT_EQ(WaysBy("[{unknown: []}, {}]"), "[]") << "a credential may be left out";
}

TEST(Security, AsksForNothingThatNoRequestShows) {
  EXPECT_EQ(WaysBy("[{tls: []}]"), "[]");
  EXPECT_EQ(WaysBy("[{tls: [], header: []}]"), R"([{"scheme":"header","name":"X-Key"}])");
  EXPECT_EQ(WaysBy("nonsense"), "[]");
  EXPECT_EQ(WaysBy("[nonsense]"), "[]");
}

TEST(Security, ListsEachPlaceOfTheDocumentOnce) {
  const Json root = FromYaml("components:\n securitySchemes:" + std::string(kSchemes));
  References references(root);
  EXPECT_EQ(CredentialsOf(references).Dump(),
            R"([{"scheme":"basic"},{"scheme":"bearer"},{"scheme":"raw"},{"scheme":"other"},)"
            R"({"scheme":"header","name":"X-Key"},{"scheme":"query","name":"key"},)"
            R"({"scheme":"cookie","name":"sid"}])");
  EXPECT_THAT(KeyNamesOf(references),
              ElementsAre("X-Key", "key", "sid", "authorization", "key", "X-Key"));
}

TEST(Security, IsNothingWhereTheDocumentHasNone) {
  const Json root = FromYaml("{paths: {}}");
  References references(root);
  EXPECT_EQ(CredentialsOf(references).Dump(), "[]");
  EXPECT_THAT(KeyNamesOf(references), IsEmpty());
}

TEST(Security, EndsWithVeryManyWays) {
  std::string schemes = "components:\n securitySchemes:\n";
  std::string all;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "a" + std::to_string(i);
    schemes += "  " + name + ": {type: apiKey, in: header, name: Authorization}\n";
    all += (i > 0 ? ", " : "") + name + ": []";
  }
  const Json root = FromYaml(schemes);
  References references(root);
  const Json ways = WaysOf(FromYaml("{security: [{" + all + "}]}"), references);
  EXPECT_EQ(ways.IfArray()->size(), 4u);
}

}  // namespace
}  // namespace mockduit
