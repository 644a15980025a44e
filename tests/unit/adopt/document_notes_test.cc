// What is wrong in a document though no operation tells it.
#include "adopt/document_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::string> NotesOn(const std::string& rest, const std::string& version = "3.1.0") {
  const Json root =
      FromYaml("openapi: " + version + "\ninfo: {title: Acme, version: '1'}\n" + rest);
  WholeDocument document(root);
  std::vector<std::string> notes;
  for (const auto& [pointer, message] : NotesOf(document))
    notes.push_back(pointer + ": " + message);
  return notes;
}

TEST(DocumentNotes, TellOfADocumentWithoutPaths) {
  EXPECT_THAT(
      NotesOn("tags: []"),
      ElementsAre(": this document has no map of 'paths', so that nothing is answered by it"));
  EXPECT_THAT(NotesOn("paths: {}"), IsEmpty()) << "that is told of the operations";
}

TEST(DocumentNotes, TellOfADocumentThatDoesNotSayWhatItIs) {
  const auto notes_on = [](const std::string& text) {
    const Json root = FromYaml("openapi: 3.1.0\npaths: {}\n" + text);
    WholeDocument document(root);
    return NotesOf(document);
  };
  EXPECT_THAT(notes_on(""),
              ElementsAre(Pair("", "'info' has no 'title'"), Pair("", "'info' has no 'version'")));
  EXPECT_THAT(notes_on("info: {title: A}"), ElementsAre(Pair("/info", "'info' has no 'version'")));
}

TEST(DocumentNotes, TellOfLinksThatLeadNowhere) {
  EXPECT_THAT(NotesOn(R"(
paths:
  /a:
    get:
      operationId: get_a
      responses:
        '200':
          links:
            good: {operationId: get_a}
            there: {operationRef: '#/paths/~1a/get'}
            misspelt: {operationId: get_b}
            lost: {operationRef: '#/paths/~1b/get'}
)"),
              ElementsAre("/paths/~1a/get/responses/200/links/misspelt/operationId: this link "
                          "leads nowhere: no operation has the id 'get_b'; did you mean 'get_a'?",
                          "/paths/~1a/get/responses/200/links/lost/operationRef: this link leads "
                          "nowhere: there is no '#/paths/~1b/get'"));
}

TEST(DocumentNotes, TellOfReferencesThatLeadNowhere) {
  EXPECT_THAT(NotesOn(R"(
paths:
  /a:
    post:
      requestBody: {$ref: '#/components/requestBodies/Bx'}
      callbacks: {done: {$ref: '#/components/callbacks/No'}}
      responses:
        '200':
          headers: {X-A: {$ref: '#/components/headers/No'}}
          links: {next: {$ref: '#/components/links/No'}}
          content: {application/json: {examples: {one: {$ref: '#/components/examples/No'}}}}
          x-data: {example: {$ref: '#/no'}}
components:
  requestBodies: {Box: {content: {}}}
)"),
              ElementsAre("/paths/~1a/post/requestBody/$ref: $ref '#/components/requestBodies/Bx' "
                          "leads nowhere; did you mean '#/components/requestBodies/Box'?",
                          "/paths/~1a/post/callbacks/done/$ref: $ref '#/components/callbacks/No' "
                          "leads nowhere",
                          "/paths/~1a/post/responses/200/headers/X-A/$ref: $ref "
                          "'#/components/headers/No' leads nowhere",
                          "/paths/~1a/post/responses/200/links/next/$ref: $ref "
                          "'#/components/links/No' leads nowhere",
                          "/paths/~1a/post/responses/200/content/application~1json/examples/one/"
                          "$ref: $ref '#/components/examples/No' leads nowhere"));
}

TEST(DocumentNotes, TellOfCredentialsThatAreNotAskedForAsTheDocumentSays) {
  EXPECT_THAT(
      NotesOn(R"(
security: [{kee: []}]
paths: {/a: {get: {security: [{}, {tls: [], other: []}]}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    tls: {type: mutualTLS}
    odd: {type: basic}
    nameless: {type: apiKey, in: header}
    digest: {type: http, scheme: Digest}
)"),
      ElementsAre("/components/securitySchemes/tls: certificates of clients are not looked "
                  "at; in place of this scheme nothing is asked for",
                  "/components/securitySchemes/odd: 'basic' is no type of a scheme; any "
                  "credential in the header Authorization will do for it",
                  "/components/securitySchemes/nameless: this key has no 'name', or no "
                  "'in' that a request has; any credential in the header Authorization "
                  "will do for it",
                  "/components/securitySchemes/digest: what 'Digest' asks of a credential is "
                  "not looked at; any credential in the header Authorization will do for it",
                  "/security/0/kee: there is no scheme 'kee' in components/securitySchemes; "
                  "any credential in the header Authorization will do for it; did you mean "
                  "'key'?",
                  "/paths/~1a/get/security/1/other: there is no scheme 'other' in "
                  "components/securitySchemes; any credential in the header Authorization "
                  "will do for it"));
}

TEST(DocumentNotes, TellOfValuesThatTheirOwnSchemaRefuses) {
  const std::string schemas = R"(
paths: {}
components:
  schemas:
    Box:
      properties:
        size: {type: integer, default: large, example: 3}
        tags: {type: array, items: {enum: [a], examples: [a, b]}}
        next: {$ref: '#/components/schemas/Box', default: 7}
      type: object
)";
  EXPECT_THAT(NotesOn(schemas),
              ElementsAre("/components/schemas/Box/properties/size/default: the default is not "
                          "what its schema says: default breaks type integer",
                          "/components/schemas/Box/properties/tags/items/examples/1: the example "
                          "is not what its schema says: example breaks enum [\"a\"]",
                          "/components/schemas/Box/properties/next/default: the default is not "
                          "what its schema says: default breaks type object"));
  EXPECT_EQ(NotesOn(schemas, "3.0.3").size(), 2U) << "what stands beside a $ref does not count";
}

}  // namespace
}  // namespace mockduit
