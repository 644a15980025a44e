// What any document gives when it is an edition: its operations, what of it is left out, and what
// is told of it. Nothing refuses a whole document.
#include "adopt/adopted_edition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adopt/adopt.h"
#include "base/text.h"
#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class AdoptedEditionTest : public ::testing::Test {
 protected:
  // `rest` stands below the head of the document.
  void Read(const std::string& rest) {
    files_.AddFolder("/api");
    files_.AddFile("/api/spec.yaml",
                   "openapi: 3.1.0\ninfo: {title: Acme API, version: '2'}\n" + rest);
    auto adopted = Adopt({"/api/spec.yaml"}, files_);
    ASSERT_TRUE(adopted) << adopted.error().front().Text();
    adopted_ = std::move(*adopted);
    for (const Problem& note : AllNotes(adopted_)) notes_.push_back(note.Text());
  }
  const Contract& contract() const { return *adopted_.vendors.at(0).editions.at(0); }
  std::vector<std::string> Operations() const {
    std::vector<std::string> names;
    for (const auto& one : contract().operations) {
      names.push_back(one->name + " " + one->method + " " + one->path.text());
    }
    return names;
  }
  const Operation& Only() const {
    EXPECT_EQ(contract().operations.size(), 1u);
    return *contract().operations.at(0);
  }

  MemoryFiles files_;
  Adopted adopted_;
  std::vector<std::string> notes_;
};

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

TEST_F(AdoptedEditionTest, TellsWhichPathsAreNotTakenAsTheyStand) {
  Read(
      "paths:\n"
      "  /a?kind=x: {get: {responses: {'200': {}}}}\n"
      "  /a#b: {get: {responses: {'200': {}}}}\n"
      "  /b/{id: {get: {responses: {'404': {}}}}\n");
  EXPECT_THAT(Operations(), ElementsAre("acme.get_a_kind_x GET /a", "acme.get_b_by_id GET /b/{id"));
  EXPECT_THAT(
      notes_,
      ElementsAre(HasSubstr("spec.yaml:4:14: a path has no query and no fragment; this one is "
                            "answered at '/a', whatever the query"),
                  HasSubstr("spec.yaml:5:9: a path has no query"),
                  HasSubstr("spec.yaml:5:15: another operation takes the same requests"),
                  HasSubstr("spec.yaml:6:11: a '{' of this path begins no variable"),
                  HasSubstr("spec.yaml:6:29: this operation lists no success; 200 without a body "
                            "is made up")));
}

// Counted in work: what an operation costs is its own, however many schemas it leads to.
TEST_F(AdoptedEditionTest, TellsOfPathsThatAreTheServersOwn) {
  Read(
      "servers: [{url: 'https://a.test'}]\n"
      "paths:\n"
      "  /__admin/x: {get: {responses: {'200': {}}}}\n"
      "  /: {get: {responses: {'200': {}}}}\n"
      "  /__administer: {get: {responses: {'200': {}}}}\n");
  EXPECT_THAT(
      notes_,
      ElementsAre(HasSubstr("spec.yaml:5:15: '/__admin/x' is the server's own; this path is "
                            "answered below the vendor's name alone"),
                  HasSubstr("spec.yaml:6:6: '/' is the server's own")));
}

TEST_F(AdoptedEditionTest, TellsOfOperationsThatSayNothing) {
  Read(
      "paths:\n"
      "  /a: {get: {}, put: null, trace: {responses: {'200': {}}}}\n"
      "  /b: {post: {responses: {}}}\n");
  EXPECT_THAT(Operations(),
              ElementsAre("acme.get_a GET /a", "acme.trace_a TRACE /a", "acme.post_b POST /b"));
  EXPECT_THAT(notes_,
              ElementsAre(HasSubstr("4:13: this operation lists no answers; 200 without a body is "
                                    "made up"),
                          HasSubstr("this operation is nothing; it is left out"),
                          HasSubstr("5:14: this operation lists no answers")));
}

TEST_F(AdoptedEditionTest, SaysThatADocumentIsOfNothing) {
  for (const char* paths : {"paths: {}\n", "paths: {/a: {}}\n"}) {
    notes_.clear();
    Read(paths);
    EXPECT_THAT(notes_, ElementsAre(HasSubstr("no path of this document has an operation, so that "
                                              "nothing is answered by it")))
        << paths;
  }
}

TEST_F(AdoptedEditionTest, TellsWhatADiscriminatorNamesThatIsNotThere) {
  Read(
      "paths:\n"
      "  /a:\n"
      "    get:\n"
      "      responses: {'200': {content: {application/json: {schema: {$ref: "
      "'#/components/schemas/Pet'}}}}}\n"
      "components:\n"
      "  schemas:\n"
      "    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}\n"
      "    Cat: {type: object}\n"
      "    Pet:\n"
      "      oneOf: [{$ref: '#/components/schemas/Dog'}]\n"
      "      discriminator:\n"
      "        propertyName: kind\n"
      "        mapping: {dog: Dog, cat: Cat, cow: '#/components/schemas/Cow'}\n");
  EXPECT_THAT(notes_,
              ElementsAre(HasSubstr("'Cat', which 'cat' stands for, is none of the choices"),
                          HasSubstr("'#/components/schemas/Cow', which 'cow' stands for, "
                                    "leads nowhere")));
}

TEST_F(AdoptedEditionTest, TellsOfMergesOfNoMap) {
  Read("paths: {/a: {get: {responses: {'200': {}}}}}\nx-a:\n  <<: text\n");
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("spec.yaml:5:3: '<<' takes a map, or a list of maps; "
                                            "this is none, and nothing is merged")));
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

TEST_F(AdoptedEditionTest, TellsWhatIsWrongWhereItStandsInTheDocument) {
  Read(
      "paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}\n"
      "components:\n"
      "  responses:\n"
      "    A:\n"
      "      content: {application/json: {schema: {type: strng}}}\n");
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_THAT(notes_[0], HasSubstr("spec.yaml:7:51: "));
}

TEST_F(AdoptedEditionTest, SaysWhatItCannotKnow) {
  Read("paths: {/a: {get: {}}}");
  for (const char* outcome : {"success", "bad_request", "rate_limited", "server_error"}) {
    ASSERT_NE(Only().FindOutcome(outcome), nullptr) << outcome;
    EXPECT_THAT(Only().FindOutcome(outcome)->source.Text(), HasSubstr("inferred: ")) << outcome;
  }
  EXPECT_NE(contract().FindShared("not_found"), nullptr);
  EXPECT_NE(contract().FindShared("method_not_allowed"), nullptr);
  EXPECT_EQ(contract().FindShared("not_found")->status, 404);
}

TEST_F(AdoptedEditionTest, TellsWhatItDoesNotSend) {
  Read(
      "webhooks: {parcel.sent: {post: {}}, x-mine: {}}\n"
      "paths:\n"
      "  /a:\n"
      "    post: {callbacks: {done: {'{$request.body#/url}': {post: {}}}}, responses: {'200': "
      "{}}}\n");
  EXPECT_THAT(notes_, ElementsAre("/api/spec.yaml:3:25: the webhook 'parcel.sent' is not sent; "
                                  "'emit' and 'webhooks' of an overlay send what you say",
                                  "/api/spec.yaml:6:30: the callback 'done' is not called; "
                                  "'emit' and 'webhooks' of an overlay send what you say"));
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

TEST_F(AdoptedEditionTest, LeavesOutParametersThatCannotBeMeant) {
  Read(
      "paths:\n"
      "  /users:\n"
      "    get:\n"
      "      parameters:\n"
      "        - {in: query, schema: {type: string}}\n"
      "        - {$ref: '#/no'}\n"
      "        - {name: id, in: path, required: true, schema: {type: string}}\n"
      "        - {name: b, in: body, schema: {type: string}}\n"
      "        - null\n"
      "        - {name: 7, in: query}\n"
      "      responses: {'200': {}}\n");
  EXPECT_THAT(Only().parameters(), IsEmpty());
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("spec.yaml:7:11: this parameter leads nowhere"),
                                  HasSubstr("spec.yaml:8:"), HasSubstr("has no variable 'id'"),
                                  HasSubstr("'body' is no place"), HasSubstr("spec.yaml:11:"),
                                  HasSubstr("spec.yaml:12:")));
}

TEST_F(AdoptedEditionTest, TellsOfParametersThatSayTooLittleOrTooMuch) {
  Read(
      "paths:\n"
      "  /a/{id}/{other}:\n"
      "    parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"
      "    get:\n"
      "      parameters:\n"
      "        - {name: id, in: path, required: true, schema: {type: integer}}\n"
      "        - {name: q, in: query}\n"
      "        - {name: q, in: query, schema: {type: string}}\n"
      "        - {name: accept, in: header, schema: {type: string}}\n"
      "        - {name: Authorization, in: header, schema: {type: string}}\n"
      "      responses: {'200': {}}\n");
  EXPECT_THAT(Only().parameters(), SizeIs(2));
  EXPECT_THAT(
      notes_,
      UnorderedElementsAre(
          HasSubstr("spec.yaml:9:11: this parameter has neither 'schema' nor 'content'"),
          HasSubstr("spec.yaml:10:11: 'q' stands in this list above; this one is left out"),
          HasSubstr("spec.yaml:11:11: the header accept is said by the media types of the answers"),
          HasSubstr("spec.yaml:12:11: the header Authorization is said by 'security'"),
          HasSubstr("no parameter tells of the path's '{other}'; it may be any text")));
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

TEST_F(AdoptedEditionTest, LeavesOutPathsThatCannotBeMeant) {
  Read(
      "paths:\n"
      "  /a: {get: {responses: {'200': {}}}}\n"
      "  /nothing: null\n"
      "  /list: []\n"
      "  /lost: {$ref: '#/no'}\n"
      "  relative: {get: {}}\n"
      "  x-note: {get: {}}\n"
      "  /empty: {get: null, description: text, post: 7}\n");
  EXPECT_THAT(Operations(), ElementsAre("acme.get_a GET /a"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("spec.yaml:5:"), HasSubstr("spec.yaml:6:"),
                                  HasSubstr("spec.yaml:7:"), HasSubstr("a path begins with '/'"),
                                  HasSubstr("this operation is nothing; it is left out"),
                                  HasSubstr("'post' must be a map; it is left out")));
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

TEST_F(AdoptedEditionTest, TellsEachMistakeOnceThoughManyMeetIt) {
  Read(
      "paths:\n"
      "  /a: {get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}}\n"
      "  /b: {get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}}\n"
      "components:\n"
      "  responses: {Ok: {content: {application/json: {schema: {$ref: "
      "'#/components/schemas/Id'}}}}}\n"
      "  schemas: {Id: {type: string, pattern: '(?=a)'}}\n");
  EXPECT_EQ(notes_.size(), 1u) << Join(notes_, "\n");
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

TEST_F(AdoptedEditionTest, ReadsDocumentsThatAreWrongEverywhere) {
  for (const char* rest :
       {"paths: nonsense",
        "paths: [1]",
        "paths: {/a: {get: {parameters: 7, responses: [1], "
        "requestBody: text, security: 3, tags: 9}}}",
        "paths: {/a: {get: {responses: {'200': 7, '404': [1], default: text}}}}",
        "paths: {/a: {get: {responses: {'200': {content: [1], headers: 7}}}}}",
        "paths: {/a: {get: {responses: {'200': {content: {application/json: 7, text/csv: "
        "null}}}}}}",
        "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: 7, examples: "
        "[1]}}}}}}}",
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {type: nonsense, "
        "properties: 7, required: text, allOf: {}, minimum: x}}}}}}}",
        "paths: {/a: {post: {requestBody: {content: []}}}}",
        "paths: {/a: {get: {operationId: [1], summary: {a: 1}, deprecated: text}}}",
        "components: [1]",
        "components: {schemas: 7, securitySchemes: text}",
        "servers: 7",
        "security: text",
        "paths: {'/{': {get: {}}, '/}': {get: {}}, '/{}': {get: {}}}",
        "paths: {'/{a}{b}': {get: {}}, '/a//b': {get: {}}, '/a?b=c': {get: {}}, '/ä/{ö}': {get: "
        "{}}}",
        "paths: {/a: {get: {operationId: '{{now}}'}}}",
        "paths: {/a: {get: {responses: {'200': {description: '{{', content: {application/json: "
        "{example: {'{{x}}': '{{y}}', z: '{{'}}}}}}}}",
        "components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}\npaths: {/a: "
        "{post: "
        "{requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}, "
        "responses: {'200': {content: {application/json: {schema: {$ref: "
        "'#/components/schemas/A'}}}}}}}}",
        "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}",
        "paths: {/a: {get: {responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}}}}",
        "paths: {/a: {get: {$ref: '#/paths/~1a/get'}}}"}) {
    notes_.clear();
    Read(rest);
    for (const auto& operation : contract().operations) {
      EXPECT_NE(operation->FindOutcome("success"), nullptr) << rest << "\n" << Join(notes_, "\n");
      EXPECT_NE(operation->FindStatus(429), nullptr) << rest;
    }
  }
}

}  // namespace
}  // namespace mockduit
