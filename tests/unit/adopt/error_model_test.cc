#include "adopt/error_model.h"

#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

Json AnswerOf(const std::string& document, int status = 404) {
  const Json root = FromYaml(document);
  WholeDocument references(root);
  return ErrorModel(references).AnswerOf(status, "a guess");
}

const Json& BodyOf(const Json& answer) {
  const Json::Object* content = answer.Get("content").IfObject();
  EXPECT_TRUE(content != nullptr && content->size() == 1) << answer.Dump();
  return content->front().value.Get("examples").Get("composed").Get("value");
}

TEST(ErrorModel, IsAProblemWhereTheDocumentDescribesNoError) {
  for (const char* document :
       {"{}", "{paths: {/a: {get: {}}}}", "{paths: {/a: {get: {responses: {'404': {}}}}}}",
        "{paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {type: "
        "object, properties: {ok: {}}}}}}}}}}}"}) {
    const Json answer = AnswerOf(document);
    EXPECT_EQ(answer.Get("content").IfObject()->front().key, "application/problem+json");
    EXPECT_EQ(BodyOf(answer).Dump(), R"({"type":"about:blank","title":"Not Found","status":404})");
    EXPECT_EQ(answer.Get("x-mockduit").Get("inferred").AsString(), "a guess");
    EXPECT_EQ(answer.Get("x-mockduit").Get("status").AsInteger(), 404);
    EXPECT_EQ(answer.Get("description").AsString(), "Not Found");
  }
}

constexpr const char* kOwn = R"(
paths:
  /a:
    get:
      responses:
        '400': {content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
        '404': {$ref: '#/components/responses/Gone'}
        '500': {content: {application/json: {schema: {type: string}}}}
components:
  responses:
    Gone: {content: {application/vnd.acme+json: {schema: {$ref: '#/components/schemas/Error'}}}}
  schemas:
    Error: {type: object, properties: {code: {type: string}, message: {type: string}}}
)";

TEST(ErrorModel, IsTheShapeThatTheDocumentDescribesMostOften) {
  const Json answer = AnswerOf(kOwn, 429);
  EXPECT_EQ(BodyOf(answer).Dump(), R"({"code":"rate_limited","message":"Too Many Requests"})");
  EXPECT_EQ(answer.Get("content").IfObject()->front().key, "application/vnd.acme+json")
      << "the type that it has last";
}

TEST(ErrorModel, SaysWhatIsWrongWhereAnswersToBadRequestsHaveAPlaceForIt) {
  EXPECT_EQ(AnswerOf(kOwn, 400).Get("x-mockduit").Get("natural").Dump(),
            R"({"message":"{{violations.text ?? omit}}"})");
  EXPECT_EQ(AnswerOf(kOwn, 422).Get("x-mockduit").Get("natural").IsNull(), false);
  EXPECT_TRUE(AnswerOf(kOwn, 404).Get("x-mockduit").Get("natural").IsNull());
  EXPECT_EQ(AnswerOf("{}", 400).Get("x-mockduit").Get("natural").Dump(),
            R"({"detail":"{{violations.text ?? omit}}"})");
}

TEST(ErrorModel, LooksAtFailuresAlone) {
  const Json answer = AnswerOf(
      "{paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {type: object, "
      "properties: {ok: {}}}}}}, default: {content: {application/json: {schema: {type: object, "
      "properties: {error: {type: string}}}}}}}}}}}");
  EXPECT_EQ(BodyOf(answer).Dump(), R"({"error":"Not Found"})");
}

TEST(ErrorModel, TakesNoShapeThatNothingFits) {
  const Json answer = AnswerOf(
      "{paths: {/a: {get: {responses: {'400': {content: {application/json: {schema: {type: object, "
      "required: [a], properties: {a: {type: integer, enum: [x]}}}}}}}}}}}");
  EXPECT_EQ(answer.Get("content").IfObject()->front().key, "application/problem+json");
}

constexpr const char* kTimed = R"(
paths:
  /a:
    get:
      responses:
        '404':
          content:
            application/json:
              schema: {type: object, required: [at, status], properties: {
                at: {type: string, format: date-time}, id: {type: string, format: uuid}, status: {type: integer}}}
)";

TEST(ErrorModel, HasTheTimeAndTheIdOfEachAnswer) {
  const Json answer = AnswerOf(kTimed, 429);
  const Json& example =
      answer.Get("content").Get("application/json").Get("examples").Get("composed");
  EXPECT_EQ(example.Get("value").Get("status").AsInteger(), 429);
  EXPECT_EQ(example.Get("x-mockduit").Get("fill").Dump(),
            R"({"/at":"{{now.seconds}}","/id":"{{uuid4}}"})");
}

}  // namespace
}  // namespace mockduit
