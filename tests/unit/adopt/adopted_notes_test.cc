// What is told of a document that is an edition, and where. Nothing refuses a whole document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/adopt/adopting.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

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
