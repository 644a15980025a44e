// Keys that OpenAPI does not know, and values that cannot stand behind one.
#include "adopt/key_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> KeyNotesOn(const std::string& rest) {
  const Json root = FromYaml("openapi: 3.1.0\n" + rest);
  WholeDocument document(root);
  std::vector<std::string> notes;
  for (const auto& [pointer, message] : KeyNotesOf(document)) {
    notes.push_back(pointer + ": " + message);
  }
  return notes;
}

TEST(KeyNotes, TellOfMethodsThatAreNone) {
  EXPECT_THAT(
      KeyNotesOn("paths: {/a: {gett: {}, query: {}, trace: {}, get: null, post: [], x-y: 1}}"),
      ElementsAre("/paths/~1a/gett: a path has no 'gett', which is left out; did you mean "
                  "'get'?",
                  "/paths/~1a/query: a path has no 'query', which is left out",
                  "/paths/~1a/post: 'post' must be a map; it is left out",
                  "/paths/~1a/get: this operation is nothing; it is left out"));
}

TEST(KeyNotes, TellOfKeysAtEveryLevel) {
  EXPECT_THAT(
      KeyNotesOn(R"(
securty: []
paths:
  /a:
    post:
      respones: {}
      security: text
      requestBody: {contnet: {}, content: {a/b: {encoding: {f: {headers: {}, headrs: {}}}}}}
      responses:
        '200':
          heders: {}
          headers: {X-A: {shema: {}}, X-B: {$ref: '#/components/headers/B'}}
          content: {a/b: {exmaple: 1, itemSchema: {}, examples: {one: {val: 1}}}}
components: {headers: {B: {requird: true}}, files: {}, schema: {}}
)"),
      ElementsAre(
          "/securty: an OpenAPI document has no 'securty', which is left out; did you mean "
          "'security'?",
          "/paths/~1a/post/respones: an operation has no 'respones', which is left out; did "
          "you mean 'responses'?",
          "/paths/~1a/post/security: 'security' must be a list; it is left out",
          "/paths/~1a/post/requestBody/contnet: a request body has no 'contnet', which is "
          "left out; did you mean 'content'?",
          "/paths/~1a/post/requestBody/content/a~1b/encoding/f/headrs: an encoding has no "
          "'headrs', which is left out; did you mean 'headers'?",
          "/paths/~1a/post/requestBody/content/a~1b/encoding/f/headers: the headers of a "
          "part that is sent are not looked at",
          "/paths/~1a/post/responses/200/heders: an answer has no 'heders', which is left "
          "out; did you mean 'headers'?",
          "/paths/~1a/post/responses/200/headers/X-A/shema: a header has no 'shema', which "
          "is left out; did you mean 'schema'?",
          "/components/headers/B/requird: a header has no 'requird', which is left out; did "
          "you mean 'required'?",
          "/paths/~1a/post/responses/200/content/a~1b/exmaple: a media type has no "
          "'exmaple', which is left out; did you mean 'example'?",
          "/paths/~1a/post/responses/200/content/a~1b/examples/one/val: an example has no "
          "'val', which is left out; did you mean 'value'?",
          "/components/schema: components has no 'schema', which is left out; did you mean "
          "'schemas'?"));
}

TEST(KeyNotes, TellNothingOfWhatIsMeant) {
  EXPECT_THAT(
      KeyNotesOn("info: {title: a, version: 1.0}\ntags: null\nx-a: 1\npaths: {/a: {$ref: "
                 "'#/components/pathItems/A'}, x-b: 2}\ncomponents: {pathItems: {A: {get: "
                 "{deprecated: true, description: 5, responses: {default: {description: a}}}}}}"),
      IsEmpty());
}

}  // namespace
}  // namespace mockduit
