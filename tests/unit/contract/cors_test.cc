// `cors` in a contract: what is read, and what is told of mistakes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/read/openapi.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The small contract with this `cors`, which begins on line 5.
std::string WithCors(const std::string& cors) {
  return Replaced(kAcme, "  vendor: acme\n", "  vendor: acme\n  cors: {" + cors + "}\n");
}

Cors CorsOf(const std::string& cors) {
  const auto document = ReadYaml("v1.yaml", WithCors(cors));
  const auto contract = ReadContract(*document);
  EXPECT_TRUE(contract) << contract.error().front().Text();
  return contract ? (*contract)->cors.value() : Cors();
}

std::vector<std::string> CorsProblems(const std::string& cors) {
  const auto document = ReadYaml("v1.yaml", WithCors(cors));
  if (!document) return Texts(document.error());
  const auto contract = ReadContract(*document);
  return contract ? std::vector<std::string>() : Texts(contract.error());
}

TEST(ContractsCors, IsRead) {
  const Cors cors = CorsOf(
      "origins: ['http://localhost:8080', 'null'], methods: [GET, PUT], headers: '*', "
      "credentials: true, max_age: 600, expose: [Retry-After], vary: true, status: 200, body: OK, "
      "refused: {status: 400, body: Disallowed}, source: the book");
  EXPECT_FALSE(cors.origins.asked);
  EXPECT_THAT(cors.origins.texts, ElementsAre("http://localhost:8080", "null"));
  EXPECT_THAT(cors.methods.texts, ElementsAre("GET", "PUT"));
  EXPECT_THAT(cors.headers.texts, ElementsAre("*"));
  EXPECT_THAT(cors.expose, ElementsAre("Retry-After"));
  EXPECT_EQ(cors.max_age, 600);
  EXPECT_TRUE(cors.credentials && cors.vary);
  EXPECT_EQ(cors.preflight.status, 200);
  EXPECT_EQ(cors.preflight.body, "OK");
  EXPECT_EQ(cors.refused.status, 400);
  EXPECT_EQ(cors.refused.body, "Disallowed");
  EXPECT_EQ(cors.source.Text(), "the book");
}

TEST(ContractsCors, NeedsLittle) {
  const Cors cors = CorsOf("origins: asked, inferred: a guess");
  EXPECT_TRUE(cors.origins.asked);
  EXPECT_THAT(cors.methods.texts, IsEmpty());
  EXPECT_EQ(cors.max_age, std::nullopt);
  EXPECT_FALSE(cors.credentials || cors.vary);
  EXPECT_EQ(cors.preflight.status, 204);
  EXPECT_EQ(cors.refused.status, 403);
  EXPECT_EQ(cors.source.Text(), "inferred: a guess");
}

TEST(ContractsCors, IsNothingWhereThereIsNone) {
  const auto document = ReadYaml("v1.yaml", kAcme);
  EXPECT_EQ((*ReadContract(*document))->cors, std::nullopt);
}

TEST(ContractsCors, TellsMistakesWithTheNearestWord) {
  const auto told = [](const std::string& cors) {
    const auto problems = CorsProblems(cors);
    EXPECT_EQ(problems.size(), 1u) << cors;
    return problems.empty() ? "" : problems.front().substr(problems.front().find(": ") + 2);
  };
  const std::string good = "source: s, origins: '*', ";
  EXPECT_EQ(told("orgins: '*', source: s"), "'orgins' is no key of cors; did you mean 'origins'?");
  EXPECT_EQ(told("source: s"), "'origins' is missing here");
  EXPECT_EQ(told("origins: '*'"), "this names no source and no inference");
  EXPECT_EQ(told("source: s, origins: aksed"),
            "'aksed' is neither a list nor '*' nor 'asked'; did you mean 'asked'?");
  EXPECT_EQ(told("source: s, origins: ['https://app.example/']"),
            "'https://app.example/' is no origin, such as https://app.example; did you mean "
            "'https://app.example'?");
  EXPECT_EQ(told("source: s, origins: ['localhost:8001']"),
            "'localhost:8001' is no origin, such as https://app.example");
  EXPECT_EQ(told("source: s, origins: 5"), "this must be a list");
  EXPECT_EQ(told("source: s, origins: [5]"), "this must be text");
  EXPECT_EQ(told(good + "methods: [get]"), "'get' is no method; did you mean 'GET'?");
  EXPECT_EQ(told(good + "headers: ['X Key']"), "'X Key' is no name of a header");
  EXPECT_EQ(told(good + "expose: ['']"), "each of 'expose' must not be empty");
  EXPECT_EQ(told(good + "expose: ['a:b']"), "'a:b' is no name of a header");
  EXPECT_EQ(told(good + "max_age: -1"), "this is a whole number from 0 to 1000000000");
  EXPECT_EQ(told(good + "max_age: 10s"), "'max_age' must be a number");
  EXPECT_EQ(told(good + "status: 404"), "this is a whole number from 200 to 299");
  EXPECT_EQ(told(good + "refused: {statsu: 400}"),
            "'statsu' is no key of a refused preflight; did you mean 'status'?");
  EXPECT_EQ(told(good + "refused: {status: 200}"), "this is a whole number from 400 to 599");
  EXPECT_EQ(told(good + "credentials: 'yes'"), "'credentials' must be true or false");
}

}  // namespace
}  // namespace mockduit
