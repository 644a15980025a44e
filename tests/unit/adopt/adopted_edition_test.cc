// What any document gives when it is an edition: its operations, and what they take and answer.
#include "adopt/adopted_edition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/adopting.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(AdoptedEditionTest, HasTheOperationsOfTheDocument) {
  Read(
      "servers: [{url: 'https://acme.test/v1'}]\n"
      "paths:\n"
      "  /users/{id}:\n"
      "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"
      "    get: {operationId: getUser, summary: One, deprecated: true, responses: {'200': {}}}\n"
      "    delete: {responses: {'204': {}}}\n"
      "  /users:\n"
      "    get: {operationId: getUser, responses: {'200': {}}}\n");
  EXPECT_THAT(Operations(), ElementsAre("acme.getUser GET /v1/users/{id}",
                                        "acme.delete_users_by_id DELETE /v1/users/{id}",
                                        "acme.getUser_2 GET /v1/users"));
  EXPECT_THAT(notes_, ElementsAre("/api/spec.yaml:10:24: the operationId 'getUser' is that of GET "
                                  "/users/{id}, too; this operation is called 'getUser_2'"));
  const Operation& first = *contract().operations.front();
  EXPECT_EQ(first.summary, "One");
  EXPECT_TRUE(first.deprecated);
  EXPECT_EQ(first.FindOutcome("success")->source.text, "Acme API 2, GET /users/{id}, response 200");
}

TEST_F(AdoptedEditionTest, CompilesEachSchemaOnce) {
  constexpr std::size_t kSchemas = 300;
  constexpr std::size_t kOperations = 200;
  std::string document = "components:\n  schemas:\n";
  for (std::size_t i = 0; i < kSchemas; ++i) {
    document += "    S" + std::to_string(i) +
                ": {type: object, properties: {id: {type: string}, next: {$ref: "
                "'#/components/schemas/S" +
                std::to_string((i + 1) % kSchemas) + "'}}}\n";
  }
  document += "paths:\n";
  for (std::size_t i = 0; i < kOperations; ++i) {
    const std::string schema =
        "{application/json: {schema: {$ref: '#/components/schemas/S" + std::to_string(i) + "'}}}";
    document += "  /p" + std::to_string(i) + ": {post: {requestBody: {content: " + schema +
                "}, responses: {'200': {content: " + schema + "}}}}\n";
  }
  Read(document);
  EXPECT_THAT(notes_, IsEmpty());
  const AdoptedEdition& edition = *adopted_.editions.at(0);
  const std::size_t compiled = edition.parts()->compiler.size();
  EXPECT_LE(compiled, 2 * kSchemas) << "a schema, and that of its id";
  EXPECT_LT(edition.DocumentOf("/paths/~1p7/post").root.Dump().size(), 20'000U)
      << "what it refers to is not copied";
}

TEST_F(AdoptedEditionTest, HasSeveralAnswersOfOneOutcome) {
  Read("paths: {/a: {get: {responses: {'200': {}, '400': {}, '402': {}, '504': {}}}}}");
  EXPECT_EQ(Only().FindOutcome("bad_request")->status, 400);
  ASSERT_NE(Only().FindStatus(402), nullptr);
  EXPECT_EQ(Only().FindStatus(402)->status, 402);
  EXPECT_EQ(Only().FindStatus(504)->name, "unavailable");
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(AdoptedEditionTest, KnowsParametersOfPathAndOperation) {
  Read(
      "paths:\n"
      "  /users/{id}:\n"
      "    parameters:\n"
      "      - {$ref: '#/components/parameters/Id'}\n"
      "      - {name: page, in: query, schema: {type: integer, maximum: 9}}\n"
      "      - {name: Accept, in: header, schema: {type: string}}\n"
      "    get:\n"
      "      parameters: [{name: page, in: query, required: true, schema: {type: string}}]\n"
      "      responses: {'200': {}}\n"
      "components: {parameters: {Id: {name: id, in: path, required: true, schema: {type: "
      "integer}}}}\n");
  const auto& parameters = Only().parameters();
  ASSERT_EQ(parameters.size(), 2u) << "headers of HTTP itself are described elsewhere";
  EXPECT_EQ(parameters[0].name, "page");
  EXPECT_TRUE(parameters[0].required) << "the operation's own counts";
  EXPECT_EQ(parameters[1].name, "id");
  EXPECT_EQ(parameters[1].in, "path");
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("the header Accept is said by the media types of the "
                                            "answers; this parameter is left out")));
}

TEST_F(AdoptedEditionTest, KeepsOneOfBodiesThatAreEqual) {
  Read("paths: {/a: {get: {responses: {'200': {}}}}, /b: {get: {responses: {'200': {}}}}}\n");
  const auto body_of = [&](std::size_t operation, std::string_view outcome) {
    return contract().operations.at(operation)->FindOutcome(outcome)->variants.front().body;
  };
  EXPECT_EQ(body_of(0, "rate_limited"), body_of(1, "rate_limited"));
  EXPECT_NE(body_of(0, "rate_limited"), body_of(0, "server_error"));
}

TEST_F(AdoptedEditionTest, KnowsWhichOperationsCreate) {
  Read(
      "paths:\n"
      "  /a:\n"
      "    post: {operationId: addPet, responses: {'200': {}}}\n"
      "    put: {operationId: createPet, responses: {'200': {}}}\n"
      "    get: {operationId: listPets, responses: {'200': {}}}\n");
  const auto creates = [&](std::string_view id) { return contract().FindOperation(id)->creates; };
  EXPECT_TRUE(creates("addPet"));
  EXPECT_TRUE(creates("createPet"));
  EXPECT_FALSE(creates("listPets"));
}

TEST_F(AdoptedEditionTest, FollowsReferencesOfPaths) {
  Read(
      "paths: {/a: {$ref: '#/components/pathItems/A'}}\n"
      "components: {pathItems: {A: {get: {operationId: a}}}}\n");
  EXPECT_THAT(Operations(), ElementsAre("acme.a GET /a"));
}

TEST_F(AdoptedEditionTest, ServesTheFirstOfTwoPathsThatAreEqual) {
  Read(
      "paths:\n"
      "  /users/{id}: {get: {operationId: first, responses: {'200': {}}}}\n"
      "  /users/{name}: {get: {operationId: second}, put: {operationId: third, responses: {'200': "
      "{}}}}\n");
  EXPECT_THAT(Operations(),
              ElementsAre("acme.first GET /users/{id}", "acme.third PUT /users/{name}"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no parameter tells of the path's '{id}'"),
                                  HasSubstr("another operation takes the same requests"),
                                  HasSubstr("no parameter tells of the path's '{name}'")));
}

TEST_F(AdoptedEditionTest, ReadsADocumentWithoutPaths) {
  Read("webhooks: {made: {post: {}}}\n");
  EXPECT_THAT(Operations(), IsEmpty());
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("this document has no map of 'paths'"),
                                  HasSubstr("the webhook 'made' is not sent")));
}

TEST_F(AdoptedEditionTest, AsksForTheCredentialsOfTheDocument) {
  Read(
      "security: [{key: []}]\n"
      "paths: {/a: {get: {}, put: {security: []}}}\n"
      "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}\n");
  const auto& get = contract().operations.at(0)->credentials();
  ASSERT_TRUE(get && get->size() == 1);
  EXPECT_EQ(get->front().front().field, "X-Key");
  const auto& put = contract().operations.at(1)->credentials();
  ASSERT_TRUE(put);
  EXPECT_THAT(*put, IsEmpty());
  EXPECT_EQ(contract().operations.at(0)->FindOutcome("unauthorized")->status, 401);
}

TEST_F(AdoptedEditionTest, ReadsWhatRequestsMayHold) {
  Read(
      "paths: {/a: {post: {requestBody: {$ref: '#/components/requestBodies/B'}}}}\n"
      "components: {requestBodies: {B: {required: true, content: {application/json: {schema: "
      "{type: "
      "object, required: [a]}}}}}}\n");
  EXPECT_TRUE(Only().needs_body());
  ASSERT_NE(Only().body(), nullptr);
  EXPECT_FALSE(Only().body()->Validate(Json::MakeObject(), "body").empty());
}

}  // namespace
}  // namespace mockduit
