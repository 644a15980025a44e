#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// The outcomes of its conditions are those of GET /all alone.
constexpr const char* kContract = R"(openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  conditions: {bad_path: bad_request, bad_query: conflict, malformed_body: forbidden,
               invalid: unprocessable, media_type: unsupported_media_type}
paths:
  /all:
    get:
      operationId: all
      responses:
        '200': {x-mockduit: {outcome: success, source: s}}
        '400': {x-mockduit: {outcome: bad_request, source: s}}
        '403': {x-mockduit: {outcome: forbidden, source: s}}
        '409': {x-mockduit: {outcome: conflict, source: s}}
        '415': {x-mockduit: {outcome: unsupported_media_type, source: s}}
        '422': {x-mockduit: {outcome: unprocessable, source: s}}
  /boxes/{id}:
    post:
      operationId: make_box
      deprecated: false
      responses: {'200': {x-mockduit: {outcome: success, source: s}}}
)";

std::vector<std::string> MistakesWith(std::string_view fresh) {
  const std::string text = Replaced(kContract, "deprecated: false", fresh);
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml", text}});
  return catalog ? std::vector<std::string>() : Texts(catalog.error());
}

// The conditions that make_box, with this in place of its line, does not answer.
std::vector<std::string> Unanswered(std::string_view fresh) {
  std::vector<std::string> conditions;
  for (const std::string& text : MistakesWith(fresh)) {
    const std::string_view before = "which answers the condition '";
    const std::size_t at = text.find(before);
    conditions.push_back(at == std::string::npos ? text : text.substr(at + before.size()));
    if (at != std::string::npos) conditions.back().pop_back();
  }
  return conditions;
}

TEST(Answered, IsEachConditionThatTheOperationCanMeet) {
  const std::pair<std::string, std::vector<std::string>> kCases[] = {
      {"{name: id, in: path}", {}},
      {"{name: id, in: path, required: true, schema: {type: string, example: a}}", {}},
      {"{name: id, in: path, schema: {type: integer}}", {"bad_path"}},
      {"{name: q, in: query}", {}},
      {"{name: q, in: query, required: true}", {"bad_query"}},
      {"{name: q, in: query, schema: {enum: [a]}}", {"bad_query"}},
      {"{name: q, in: query, schema: {format: int64}}", {}},
      {"{name: X-Q, in: header, schema: {format: uuid}}", {"bad_query"}},
  };
  for (const auto& [parameter, conditions] : kCases) {
    EXPECT_THAT(Unanswered("parameters: [" + parameter + "]"), ElementsAreArray(conditions))
        << parameter;
  }
}

TEST(Answered, IsEachConditionThatItsBodyCanMeet) {
  const std::pair<std::string, bool> kCases[] = {
      {"{type: object}", false},
      {"{properties: {a: {}, b: {title: B}, c: {items: {}}}}", false},
      {"{properties: {a: {type: string}}}", true},
      {"{properties: {a: {items: {type: string}}}}", true},
      {"{properties: {a: {}}, required: [a]}", true},
      {"{additionalProperties: false}", true},
  };
  for (const auto& [schema, can_refuse] : kCases) {
    std::vector<std::string> conditions = {"media_type", "malformed_body"};
    if (can_refuse) conditions.emplace_back("invalid");
    EXPECT_THAT(Unanswered("requestBody: {content: {application/json: {schema: " + schema + "}}}"),
                ::testing::UnorderedElementsAreArray(conditions))
        << schema;
  }
}

TEST(Answered, IsNoConditionOfABodyThatIsAsItsTypeHasIt) {
  const std::pair<std::string, std::string> kTypes[] = {
      {"text/plain", "string"},
      {"application/octet-stream", "string"},
      {"application/x-www-form-urlencoded", "object"},
  };
  for (const auto& [type, is_always] : kTypes) {
    for (const std::string schema : {"string", "object"}) {
      const auto conditions =
          Unanswered("requestBody: {content: {" + type + ": {schema: {type: " + schema + "}}}}");
      EXPECT_EQ(std::ranges::count(conditions, "invalid"), schema == is_always ? 0 : 1)
          << type << ", " << schema;
    }
  }
}

TEST(Answered, IsToldAtTheResponsesOfTheOperation) {
  EXPECT_THAT(MistakesWith("parameters: [{name: q, in: query, required: true}]"),
              ElementsAre("f/acme/v1.yaml:22:18: acme.make_box has no outcome 'conflict', which "
                          "answers the condition 'bad_query'"));
}

TEST(Answered, IsNotAskedWhereSomethingElseIsWrong) {
  EXPECT_THAT(
      MistakesWith("deprecatd: false\n      parameters: [{name: q, in: query, required: true}]"),
      ElementsAre("f/acme/v1.yaml:21:7: 'deprecatd' is no key of an operation; did you mean "
                  "'deprecated'?"));
}

// A contract that names no condition at all.
std::vector<std::string> Unnamed(const std::string& operation) {
  const std::string text =
      "openapi: 3.1.0\nx-mockduit: {vendor: acme, edition: v1}\npaths:\n" + operation;
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml", text}});
  return catalog ? std::vector<std::string>() : Texts(catalog.error());
}

TEST(Answered, IsAConditionThatIsNamedWhereARequestCanMeetIt) {
  EXPECT_THAT(Unnamed("  /a:\n    get:\n      operationId: a\n"
                      "      parameters: [{name: q, in: query, schema: {type: integer}}]\n"
                      "      responses: {'200': {x-mockduit: {outcome: success, source: s}}}\n"
                      "  /b:\n    get:\n      operationId: b\n"
                      "      parameters: [{name: q, in: query, required: true}]\n"
                      "      responses: {'200': {x-mockduit: {outcome: success, source: s}}}\n"),
              ElementsAre("f/acme/v1.yaml:7:20: acme.a can meet the condition 'bad_query' here, "
                          "which no 'conditions' names"));
}

TEST(Answered, NeedsNoNameWhereNoRequestCanMeetIt) {
  EXPECT_THAT(Unnamed("  /a:\n    get:\n      operationId: a\n"
                      "      parameters: [{name: q, in: query, schema: {type: string}}]\n"
                      "      responses: {'200': {x-mockduit: {outcome: success, source: s}}}\n"),
              ElementsAre());
}

}  // namespace
}  // namespace mockduit
