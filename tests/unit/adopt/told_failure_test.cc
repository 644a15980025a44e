#include "adopt/told_failure.h"

#include <gtest/gtest.h>

#include "adopt/compose.h"
#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

ToldFailure Told(const std::string& schema, int status) {
  const Json root = DocumentWith("{E: " + schema + "}");
  WholeDocument document(root);
  const Json& own = *root.At("/components/schemas/E");
  return TellFailure(Compose(own, document), own, status, document);
}

std::string BodyOf(const std::string& properties, int status) {
  return Told("{type: object, properties: " + properties + "}", status).value.Dump();
}

std::string NaturalOf(const std::string& schema) { return Told(schema, 400).natural.Dump(); }

TEST(ToldFailure, HasWordsForItsStatus) {
  EXPECT_EQ(BodyOf("{detail: {type: string}}", 404), R"({"detail":"Not Found"})");
  EXPECT_EQ(BodyOf("{error: {type: string}, message: {type: string}}", 409),
            R"({"error":"Conflict","message":"Conflict"})");
  EXPECT_EQ(BodyOf("{error: {type: object, properties: {message: {type: string}}}}", 404),
            R"({"error":{"message":"Not Found"}})");
  EXPECT_EQ(BodyOf("{errors: {type: array, items: {type: object, properties: {code: {type: "
                   "string}, title: {type: string}}}}}",
                   404),
            R"({"errors":[{"code":"not_found","title":"Not Found"}]})");
}

TEST(ToldFailure, HasItsStatusWhereTheDocumentSaysNoOtherNumber) {
  EXPECT_EQ(BodyOf("{status: {type: integer}, code: {type: integer, format: int32}}", 404),
            R"({"status":404,"code":404})");
  EXPECT_EQ(BodyOf("{statusCode: {type: number, minimum: 100}, status: {type: string}}", 503),
            R"({"statusCode":503,"status":"503"})");
  EXPECT_EQ(BodyOf("{error: {type: object, properties: {code: {type: integer}}}}", 404),
            R"({"error":{"code":404}})");
  for (const char* said : {"example: 7", "default: 7", "enum: [7]", "const: 7", "examples: [7]"}) {
    EXPECT_EQ(BodyOf("{code: {type: integer, " + std::string(said) + "}}", 404), R"({"code":7})");
  }
  EXPECT_EQ(BodyOf("{count: {type: integer}, errorCode: {type: integer}}", 404),
            R"({"count":1,"errorCode":1})")
      << "what numbers a vendor has for its errors, nobody knows";
}

TEST(ToldFailure, StaysAsItIsWhereTheSchemaTakesNothingElse) {
  EXPECT_EQ(BodyOf("{code: {type: integer, maximum: 99}}", 404), R"({"code":1})");
  EXPECT_EQ(BodyOf("{message: {type: string, example: the document's own}}", 404),
            R"({"message":"the document's own"})");
  EXPECT_EQ(Told("{type: array, items: {type: integer}}", 404).value.IsArray(), true);
}

TEST(ToldFailure, SaysWhatIsWrongWithARequest) {
  EXPECT_EQ(
      NaturalOf("{type: object, properties: {title: {type: string}, detail: {type: string}}}"),
      R"({"detail":"{{violations.text ?? omit}}"})")
      << "in the member that is likeliest to say so";
  EXPECT_EQ(NaturalOf("{type: object, properties: {error: {type: object, properties: {message: "
                      "{type: string}}}}}"),
            R"({"error":{"message":"{{violations.text ?? omit}}"}})");
  EXPECT_EQ(NaturalOf("{type: object, properties: {errors: {type: array, items: {type: object, "
                      "properties: {id: {type: string, format: uuid}, detail: {type: string}}}}}}"),
            R"({"errors":[{"id":"{{uuid4}}","detail":"{{violations.text ?? \"Bad Request\"}}"}]})");
  EXPECT_EQ(NaturalOf("{type: object, properties: {message: {type: string, maxLength: 20}}}"),
            "null")
      << "it may be longer than that";
  EXPECT_EQ(Told("{type: object, properties: {message: {type: string}}}", 404).natural.Dump(),
            "null");
}

}  // namespace
}  // namespace mockduit
